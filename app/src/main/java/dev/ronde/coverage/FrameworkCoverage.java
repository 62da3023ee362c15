package dev.ronde.coverage;

import dev.ronde.catalogue.Framework;
import dev.ronde.check.protection.Coverage;
import java.util.List;

/**
 * A framework, control by control.
 *
 * @param basis where ids and titles come from, and whether the text could be consulted
 * @param counts numbers of controls by their state; a control without anything behind it stays available
 */
public record FrameworkCoverage(
        String id, String name, String version, String basis, Coverage.Counts counts, List<ControlCoverage> controls) {
    static FrameworkCoverage of(Framework framework, List<ControlCoverage> controls) {
        return new FrameworkCoverage(
                framework.id(),
                framework.name(),
                framework.version(),
                framework.basis(),
                Coverage.Counts.of(controls.stream().map(ControlCoverage::state).toList()),
                controls);
    }
}
