package dev.ronde.coverage;

import dev.ronde.check.Coverage;
import dev.ronde.check.CoverageReader;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Coverage of everything a reader sees.
 *
 * @param assets number of active assets
 * @param counts protections by their state, over all of them
 * @param byFramework controls by their state
 * @param gaps number of gaps of each kind
 */
public record Estate(
        long assets,
        Coverage.Counts counts,
        Map<String, Coverage.Counts> byKind,
        List<CoverageReader.OfUnit> byUnit,
        List<OfFramework> byFramework,
        Map<Gap, Long> gaps) {
    /** A framework with the numbers of its controls by state. */
    public record OfFramework(String framework, String name, String version, Coverage.Counts counts) {}

    static Estate of(CoverageReader.Summary summary, Iterable<FrameworkCoverage> frameworks, Map<Gap, Long> gaps) {
        List<OfFramework> byFramework = new java.util.ArrayList<>();
        frameworks.forEach(framework -> byFramework.add(
                new OfFramework(framework.id(), framework.name(), framework.version(), framework.counts())));
        return new Estate(
                summary.assets(),
                summary.counts(),
                summary.byKind(),
                summary.byUnit(),
                byFramework,
                new EnumMap<>(gaps));
    }
}
