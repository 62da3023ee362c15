package dev.ronde.check.probe;

import dev.ronde.FreePort;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.services.ScriptedServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Probes that may reach loopback, for tests against scripted servers. */
final class TestNetwork {
    static final ProbeLimits QUICK = new ProbeLimits(5, Duration.ofSeconds(1), Duration.ofMillis(600), 4_096);

    private TestNetwork() {}

    static Probe probe(String type) {
        return probe(type, policy("127.0.0.1", name -> List.of(InetAddress.getLoopbackAddress())), null);
    }

    static Probe probe(String type, ProbePolicy policy, @Nullable HostPort canary) {
        return withCanaries(type, policy, Optional.ofNullable(canary).stream().toList());
    }

    static Probe withCanaries(String type, ProbePolicy policy, List<HostPort> canaries) {
        Resolver resolver = name -> List.of(InetAddress.getByName("127.0.0.1"));
        ProbeNetwork network = new ProbeNetwork(
                policy,
                new VantageCanary(canaries, resolver, policy, System::nanoTime),
                "internal",
                new TestClock(),
                System::nanoTime,
                "Ronde/1 (+http://localhost)");
        return Probes.on(network).stream()
                .filter(probe -> probe.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    static ProbePolicy policy(String allow, Resolver resolver) {
        return new ProbePolicy(
                AllowList.parse(allow), resolver, new OwnAddresses(System::nanoTime), List.of(), Set.of());
    }

    static ProbeTarget target(int port) {
        return target("127.0.0.1", port);
    }

    static ProbeTarget target(String host, int port) {
        return target(host, port, null, null, Map.of());
    }

    static ProbeTarget target(int port, Map<String, String> options) {
        return target("127.0.0.1", port, null, null, options);
    }

    static ProbeTarget target(
            String host,
            int port,
            @Nullable String serverName,
            @Nullable String starttls,
            Map<String, String> options) {
        LocalDate until = LocalDate.of(2026, 12, 31);
        return new ProbeTarget("web-01", host, port, serverName, starttls, until, ZoneOffset.UTC, options);
    }

    static ProbeResult.Collected collect(String type, int port) {
        return (ProbeResult.Collected) probe(type).collect(target(port), QUICK);
    }

    /** Returns one part of what a probe finds at a scripted server. */
    static Map<String, Object> facts(String type, ScriptedServer server, String part) {
        return facts(type, server, part, Map.of());
    }

    static Map<String, Object> facts(String type, ScriptedServer server, String part, Map<String, String> options) {
        return facts(probe(type).collect(target(server.port(), options), QUICK), part);
    }

    /** Returns one part of the facts. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> facts(ProbeResult result, String part) {
        return (Map<String, Object>) ((ProbeResult.Collected) result).facts().get(part);
    }

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Returns a port on which nothing listens. */
    static int closedPort() {
        return FreePort.free();
    }
}
