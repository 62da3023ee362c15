package dev.ronde.coverage;

import dev.ronde.check.protection.Coverage;
import dev.ronde.check.protection.CoverageReader;
import dev.ronde.platform.schedule.KeptFigures;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Coverage of everything a reader sees.
 *
 * @param asOf when the oldest of these figures was read, UTC; now, unless reading them is slow and the estate large
 * @param assets number of active assets
 * @param counts protections by their state, over all of them
 * @param byFramework controls by their state
 * @param gaps number of gaps of each kind
 */
public record Estate(
        Instant asOf,
        long assets,
        Coverage.Counts counts,
        Map<String, Coverage.Counts> byKind,
        List<CoverageReader.OfUnit> byUnit,
        List<OfFramework> byFramework,
        Map<Gap, Long> gaps) {
    public record OfFramework(String framework, String name, String version, Coverage.Counts counts) {}

    static Estate of(
            CoverageReader.Summary summary,
            KeptFigures.Read<Map<String, FrameworkCoverage>> frameworks,
            KeptFigures.Read<Map<Gap, Long>> gaps) {
        List<OfFramework> byFramework = new java.util.ArrayList<>();
        frameworks
                .value()
                .values()
                .forEach(framework -> byFramework.add(
                        new OfFramework(framework.id(), framework.name(), framework.version(), framework.counts())));
        return new Estate(
                Stream.of(summary.asOf(), frameworks.at(), gaps.at())
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                summary.assets(),
                summary.counts(),
                summary.byKind(),
                summary.byUnit(),
                byFramework,
                new EnumMap<>(gaps.value()));
    }
}
