package dev.ronde.check;

import dev.ronde.check.probe.TargetLimits;

/** What runs probes, how politely, and when not. */
public record Probing(ProbePool pool, TargetLimits limits, ProbePauses pauses) {}
