package dev.ronde.testing.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.probe.ProbeLimits;
import dev.ronde.check.probe.ProbeResult;
import dev.ronde.check.probe.ProbeTarget;
import dev.ronde.check.probe.Probes;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.SettingsReader;
import dev.ronde.testing.TestClock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The probes as the product sets them up, allowed to reach loopback, pointed at a real service. */
final class ServiceProbes {
    private ServiceProbes() {}

    static ProbeResult.Collected collect(String type, Service service) {
        return collect(type, service, null);
    }

    static ProbeResult.Collected collect(String type, Service service, @Nullable String serverName) {
        Map<Setting, String> flags = Map.of(Setting.PROBE_ALLOW, "127.0.0.0/8", Setting.HOME, "target/none");
        try (Probes probes = Probes.start(SettingsReader.read(flags, Map.of()), new TestClock())) {
            ProbeTarget target = new ProbeTarget(
                    "service",
                    "127.0.0.1",
                    service.port(),
                    serverName,
                    null,
                    LocalDate.of(2026, 12, 31),
                    ZoneOffset.UTC,
                    Map.of());
            ProbeResult result = probes.all().stream()
                    .filter(probe -> probe.type().equals(type))
                    .findFirst()
                    .orElseThrow()
                    .collect(target, ProbeLimits.POLICY);
            assertThat(result.toString()).as("nothing of the data comes back").doesNotContain(Service.CANARY);
            assertThat(result).isInstanceOf(ProbeResult.Collected.class);
            return (ProbeResult.Collected) result;
        }
    }

    /** Returns one part of the facts. */
    static Map<?, ?> facts(ProbeResult.Collected result, String part) {
        return (Map<?, ?>) result.facts().get(part);
    }
}
