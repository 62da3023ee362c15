package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.config.SettingsReader;
import dev.ronde.testing.services.BlackHole;
import dev.ronde.testing.services.ScriptedServer;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VantageCanaryTest {
    private static final VantageCanary.Notes NOTES =
            new VantageCanary.Notes("internal", InstantSource.system(), exchange -> {});

    /** Each look takes as long as it may, and all probes share what decides here: one of each kind, all of them at full size. */
    private static final List<String> SILENT = "full".equals(System.getProperty("ronde.scale"))
            ? Probes.TYPES
            : List.of("dns.mail", "http.exchange", "redis.anonymous", "snmp.community", "tcp.connect", "tls.endpoint");

    private final AtomicLong nanos = new AtomicLong();
    private final Resolver none = name -> {
        throw new UnknownHostException(name);
    };

    @Test
    void anyAnswerProvesTheVantageARefusalIncluded() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.silence())) {
            assertThat(vouches(canary("127.0.0.1:" + server.port()), "10.0.0.1"))
                    .isTrue();
        }
        assertThat(vouches(canary("127.0.0.1:" + TestNetwork.closedPort()), "10.0.0.1"))
                .isTrue();
    }

    @Test
    void noCanaryNoNameNoProof() {
        assertThat(vouches(new VantageCanary(List.of(), none, TestNetwork.policy("", none), nanos::get), "10.0.0.1"))
                .isFalse();
        assertThat(vouches(canary("nowhere.invalid:443"), "10.0.0.1")).isFalse();
        assertThat(canary("127.0.0.1:" + TestNetwork.closedPort()).vouchesFor(List.of(), NOTES))
                .isFalse();
    }

    /** IPv4 and IPv6 are two networks. */
    @Test
    void speaksForItsOwnFamilyOnly() {
        int closed = TestNetwork.closedPort();
        VantageCanary four = canary("127.0.0.1:" + closed);
        assertThat(vouches(four, "2001:db8::5")).isFalse();
        assertThat(vouches(four, "10.0.0.1", "2001:db8::5")).isFalse();
        assertThat(vouches(four, "10.0.0.1", "10.0.0.2")).isTrue();
        VantageCanary six = canary("[::1]:" + closed);
        assertThat(vouches(six, "2001:db8::5")).isTrue();
        assertThat(vouches(six, "10.0.0.1")).isFalse();
        assertThat(vouches(canary("127.0.0.1:" + closed + ", [::1]:" + closed), "10.0.0.1", "2001:db8::5"))
                .isTrue();
    }

    @Test
    void aNameSpeaksForTheFamiliesOfItsAddresses() {
        Resolver both = name -> List.of(TestNetwork.address("127.0.0.1"), TestNetwork.address("::1"));
        Resolver metadata = name -> List.of(TestNetwork.address("169.254.169.254"));
        List<HostPort> named = VantageCanary.parse("canary.test:" + TestNetwork.closedPort());
        assertThat(vouches(
                        new VantageCanary(named, both, TestNetwork.policy("", both), nanos::get),
                        "10.0.0.1",
                        "2001:db8::5"))
                .isTrue();
        assertThat(vouches(
                        new VantageCanary(named, metadata, TestNetwork.policy("", metadata), nanos::get), "10.0.0.1"))
                .isFalse();
    }

    /** Silence over IPv6 is not proven by a canary over IPv4, whoever asks. */
    @Test
    void silenceOfTheOtherFamilyIsNotProven() throws IOException {
        ProbePolicy policy = TestNetwork.policy("127.0.0.1,::1", none);
        ProbeLimits limits = new ProbeLimits(5, Duration.ofMillis(100), Duration.ofMillis(150), 4_096);
        int closed = TestNetwork.closedPort();
        try (BlackHole hole = BlackHole.open("::1")) {
            for (String type : SILENT) {
                ProbeTarget target = TestNetwork.target("::1", hole.port());
                List<HostPort> four = VantageCanary.parse("127.0.0.1:" + closed);
                List<HostPort> both = VantageCanary.parse("127.0.0.1:" + closed + ",[::1]:" + closed);
                assertThat(vantage(TestNetwork.withCanaries(type, policy, four).collect(target, limits)))
                        .as(type)
                        .isEqualTo(new Vantage("internal", false, "unproven"));
                assertThat(vantage(TestNetwork.withCanaries(type, policy, both).collect(target, limits)))
                        .as(type)
                        .isEqualTo(new Vantage("internal", true, "canary"));
            }
        }
    }

    /** No TCP connection leaves for a broadcast address, so that the system answers as where there is no way at all. */
    @Test
    void whatCouldNotBeSentProvesNothingWhateverTheCanarySays() {
        ProbePolicy policy = TestNetwork.policy("127.0.0.0/8", none);
        HostPort answering = HostPort.parse("127.0.0.1:" + TestNetwork.closedPort());
        int asked = 0;
        for (String type : Probes.TYPES) {
            ProbeResult result = TestNetwork.probe(type, policy, answering)
                    .collect(TestNetwork.target("127.255.255.255", 9), TestNetwork.QUICK);
            if (result.exchanges().stream()
                    .anyMatch(exchange -> exchange.outcome().equals("unreachable"))) {
                asked++;
                assertThat(vantage(result)).as(type).isEqualTo(new Vantage("internal", false, "unproven"));
            }
        }
        assertThat(asked).isGreaterThanOrEqualTo(Probes.TYPES.size() - 4);
    }

    /** A packet that is too long does not leave either. */
    @Test
    void aDatagramThatCouldNotBeSentProvesNothingEither() {
        ProbeSession session = WipedTest.session(
                TestNetwork.closedPort(), List.of(HostPort.parse("127.0.0.1:" + TestNetwork.closedPort())));
        Reply<Boolean> reply = session.datagram("too long", new byte[70_000], (bytes, length) -> true);
        assertThat(reply.outcome()).isEqualTo(WireOutcome.UNREACHABLE);
        assertThat(session.vantage()).isEqualTo(new Vantage("internal", false, "unproven"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254:80", "127.0.0.1:80,[64:ff9b::a9fe:a9fe]:80", "224.0.0.1:80", "0.0.0.0:80"})
    void isNoAddressThatNothingIsEverSentTo(String text) {
        assertThatThrownBy(() -> VantageCanary.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing is ever sent there");
    }

    private static Settings settings(String canary) {
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        flags.put(Setting.HTTP_PORT, "18080");
        flags.put(Setting.DB_URL, "jdbc:postgresql://127.0.0.1:15432/ronde");
        flags.put(Setting.PROBE_CANARY, canary);
        return SettingsReader.read(flags, Map.of());
    }

    /** Whether the product itself answers says nothing of the network. */
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:18080, the product itself",
        "localhost:18080, the product itself",
        "[::1]:18080, the product itself",
        "127.0.0.1:15432, the product's own database",
        "'10.0.0.1:443,127.0.0.9:18080', the product itself"
    })
    void isNotTheProductItself(String canary, String what) {
        assertThatThrownBy(() -> Probes.require(settings(canary)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("RONDE_PROBE_CANARY")
                .hasMessageContaining("which is " + what)
                .hasMessageContaining("name something on another machine");
    }

    @Test
    void oneOnThisMachineIsTakenAndNamed() {
        Settings near = settings("127.0.0.1:22,10.0.0.1:443,[::1]:22,localhost:22");
        Probes.require(near);
        assertThat(Probes.canariesHere(near)).hasSize(3).contains("127.0.0.1:22", "localhost:22");
        assertThat(Probes.canariesHere(settings("10.0.0.1:443"))).isEmpty();
    }

    @Test
    void aNameThatLeadsToTheProductProvesNothing() {
        int closed = TestNetwork.closedPort();
        Resolver here = name -> List.of(TestNetwork.address("127.0.0.1"));
        ProbePolicy mine =
                new ProbePolicy(AllowList.parse(""), here, new OwnAddresses(nanos::get), List.of(), Set.of(closed));
        assertThat(vouches(
                        new VantageCanary(VantageCanary.parse("me.test:" + closed), here, mine, nanos::get),
                        "10.0.0.1"))
                .isFalse();
    }

    private static Vantage vantage(ProbeResult result) {
        return Objects.requireNonNull(((ProbeResult.Collected) result).vantage());
    }

    private static boolean vouches(VantageCanary canary, String... silent) {
        return canary.vouchesFor(Stream.of(silent).map(TestNetwork::address).toList(), NOTES);
    }

    @Test
    void isAskedAtMostOnceAMinute() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.silence())) {
            VantageCanary canary = canary("127.0.0.1:" + server.port());
            for (int second = 0; second < 120; second++) {
                nanos.set(Duration.ofSeconds(second).toNanos());
                assertThat(vouches(canary, "10.0.0.1")).isTrue();
            }
            server.awaitConnections(2);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void onlySilenceNeedsIt() throws IOException {
        ProbePolicy policy = TestNetwork.policy("127.0.0.1", none);
        ProbeLimits limits = new ProbeLimits(5, Duration.ofMillis(100), Duration.ofMillis(300), 4_096);
        HostPort answering = HostPort.parse("127.0.0.1:" + TestNetwork.closedPort());
        try (BlackHole hole = BlackHole.open()) {
            for (String type : SILENT) {
                ProbeResult.Collected offline = (ProbeResult.Collected)
                        TestNetwork.probe(type, policy, null).collect(TestNetwork.target(hole.port()), limits);
                assertThat(offline.exchanges())
                        .singleElement()
                        .satisfies(exchange -> assertThat(exchange.outcome()).isEqualTo("timeout"));
                assertThat(offline.vantage()).isEqualTo(new Vantage("internal", false, "unproven"));
                ProbeResult.Collected online = (ProbeResult.Collected)
                        TestNetwork.probe(type, policy, answering).collect(TestNetwork.target(hole.port()), limits);
                assertThat(online.vantage()).isEqualTo(new Vantage("internal", true, "canary"));
            }
        }
    }

    /** Every packet that leaves is to be found, those to the canary too; it is no answer of the target. */
    @Test
    void isInTheLogOfWhoeverHadItAsked() throws IOException {
        ProbePolicy policy = TestNetwork.policy("127.0.0.1", none);
        ProbeLimits limits = new ProbeLimits(5, Duration.ofMillis(100), Duration.ofMillis(300), 4_096);
        int closed = TestNetwork.closedPort();
        try (BlackHole hole = BlackHole.open();
                ScriptedServer open = ScriptedServer.start(ScriptedServer.silence())) {
            for (int port : new int[] {closed, open.port()}) {
                Probe probe = TestNetwork.probe("redis.anonymous", policy, HostPort.parse("127.0.0.1:" + port));
                List<Exchange> first =
                        probe.collect(TestNetwork.target(hole.port()), limits).exchanges();
                assertThat(first).hasSize(2);
                assertThat(first.get(0)).returns(true, Exchange::withTarget).returns("timeout", Exchange::outcome);
                Exchange canary = first.get(1);
                assertThat(canary)
                        .returns(false, Exchange::withTarget)
                        .returns(port == closed ? "refused" : "connected", Exchange::outcome)
                        .returns(0, Exchange::bytesOut);
                Exchange.Wire wire = Objects.requireNonNull(canary.wire());
                assertThat(wire)
                        .returns("internal", Exchange.Wire::vantage)
                        .returns("127.0.0.1", Exchange.Wire::remoteAddress)
                        .returns(port, Exchange.Wire::remotePort)
                        .returns("127.0.0.1", Exchange.Wire::localAddress);
                assertThat(wire.localPort()).isPositive();
                assertThat(probe.collect(TestNetwork.target(hole.port()), limits)
                                .exchanges())
                        .as("once a minute")
                        .allMatch(Exchange::withTarget);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "host:", ":80", "host:0", "host:65536", "0x7f000001:80", "1.2.3:80"})
    void saysWhatACanaryLooksLike(String text) {
        assertThatThrownBy(() -> HostPort.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected host:port");
    }

    private VantageCanary canary(String text) {
        return new VantageCanary(VantageCanary.parse(text), none, TestNetwork.policy("", none), nanos::get);
    }
}
