package dev.ronde.check.run;

import dev.ronde.check.probe.Probe;
import dev.ronde.check.probe.TargetLimits;
import java.util.List;

/**
 * The probes there are, and how politely they go about.
 *
 * @param all see {@link dev.ronde.check.probe.Probes#all}
 * @param limits see {@link dev.ronde.check.probe.Probes#limits}
 */
public record ProbeSet(List<Probe> all, TargetLimits limits) {}
