package dev.ronde.check.run;

import dev.ronde.check.probe.TargetLimits;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where packets would go.
 *
 * @param sweep time a sweep over many ports, one after the other, may take; null where they go to one
 * @param longest time a run may take, further addresses of a name included
 * @param authorised whether the asset may be probed today; where it may not, nothing is sent and its name is not looked up
 */
record ProbeAddress(String host, int port, @Nullable Duration sweep, Duration longest, boolean authorised) {
    TargetLimits.Admission enter(TargetLimits limits, Instant atLatest) {
        return sweep == null
                ? limits.enter(host, port, authorised, atLatest)
                : limits.enterSweep(host, sweep, authorised, atLatest);
    }

    ProbeAddress within(Duration most) {
        return sweep == null || sweep.compareTo(most) <= 0
                ? this
                : new ProbeAddress(host, port, most, longest, authorised);
    }
}
