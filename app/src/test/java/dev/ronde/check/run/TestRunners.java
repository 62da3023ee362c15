package dev.ronde.check.run;

import dev.ronde.check.WaiverLookup;
import dev.ronde.check.agent.RemoteVantage;
import dev.ronde.check.derive.Deriver;
import dev.ronde.check.probe.Probe;
import dev.ronde.check.probe.ProbeLimits;
import dev.ronde.check.probe.ProbeResult;
import dev.ronde.check.probe.ProbeTarget;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Runners that know no vantage but their own and take every asset for what its kind says, and waivers of which there are none. */
public final class TestRunners {
    public static final WaiverLookup NO_WAIVERS = new WaiverLookup() {
        @Override
        public Map<UUID, Map<String, String>> waived(Handle handle, Collection<UUID> assetIds, Instant now) {
            return Map.of();
        }

        @Override
        public Map<UUID, List<Cover>> covers(Handle handle, Collection<UUID> assetIds, Instant now) {
            return Map.of();
        }
    };

    private static final RemoteVantage NOWHERE = new RemoteVantage() {
        @Override
        public boolean available(String zone) {
            return false;
        }

        @Override
        public ProbeResult collect(String zone, Errand errand, ProbeTarget target, ProbeLimits limits) {
            throw new IllegalStateException("there is no vantage " + zone);
        }
    };

    private TestRunners() {}

    public static CheckRunner runner(
            InstantSource clock, List<Probe> probes, List<Deriver> derivers, String vantage, ZoneId time) {
        return new CheckRunner(
                clock,
                probes,
                derivers,
                new OwnVantage(vantage, time, Map.of()),
                NOWHERE,
                (check, asset) -> Optional.empty());
    }
}
