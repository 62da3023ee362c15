package dev.ronde.check.agent;

import dev.ronde.check.probe.ProbeLimits;
import dev.ronde.check.probe.ProbeResult;
import dev.ronde.check.probe.ProbeTarget;
import java.util.UUID;

/** Places elsewhere that probes can be sent from. */
public interface RemoteVantage {
    record Errand(String type, UUID asset, String check) {
        public Errand of(String other) {
            return new Errand(other, asset, check);
        }
    }

    /** Returns whether an agent of this zone has asked for work lately. */
    boolean available(String zone);

    /** Lets an agent of the zone collect and waits for it; never throws for anything the agent does. */
    ProbeResult collect(String zone, Errand errand, ProbeTarget target, ProbeLimits limits);
}
