package dev.ronde.check.run;

import dev.ronde.check.pause.ProbePauses;
import dev.ronde.check.pause.ProbePool;
import dev.ronde.check.probe.TargetLimits;

/** What runs probes, how politely, and when not. */
public record Probing(ProbePool pool, TargetLimits limits, ProbePauses pauses) {}
