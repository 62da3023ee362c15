package dev.ronde.check.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.probe.HostAddresses;
import dev.ronde.check.probe.ProbeLimits;
import dev.ronde.check.probe.ProbeTarget;
import dev.ronde.platform.json.Json;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProbeTaskTest {
    private static final ProbeLimits LIMITS = new ProbeLimits(4, Duration.ofSeconds(3), Duration.ofSeconds(15), 1);

    /** An agent looks where the name led when its sweep began, as the server does. */
    @Test
    void takesTheAddressesOfASweepAlong() {
        ProbeTarget open = new ProbeTarget(
                "host-1", "host.example", 22, null, null, LocalDate.of(2026, 12, 31), ZoneOffset.UTC, Map.of());
        ProbeTarget found = open.at(List.of(HostAddresses.literal("192.0.2.1"), HostAddresses.literal("2001:db8::1")));
        for (ProbeTarget target : List.of(open, found)) {
            String travels = Json.write(ProbeTask.of("tcp.connect", target, LIMITS));
            assertThat(Json.read(travels, ProbeTask.class).resolved()).isEqualTo(target);
        }
    }
}
