package dev.ronde.check;

import dev.ronde.check.probe.ProbeLimits;
import dev.ronde.check.probe.ProbeResult;
import dev.ronde.check.probe.ProbeTarget;

/** Places elsewhere that probes can be sent from. */
interface RemoteVantage {
    /** There is none. */
    RemoteVantage NONE = new RemoteVantage() {
        @Override
        public boolean available(String zone) {
            return false;
        }

        @Override
        public ProbeResult collect(String zone, String type, ProbeTarget target, ProbeLimits limits) {
            throw new IllegalStateException("there is no vantage " + zone);
        }
    };

    /** Returns whether an agent of this zone has asked for work lately. */
    boolean available(String zone);

    /** Lets an agent of the zone collect and waits for it; never throws for anything the agent does. */
    ProbeResult collect(String zone, String type, ProbeTarget target, ProbeLimits limits);
}
