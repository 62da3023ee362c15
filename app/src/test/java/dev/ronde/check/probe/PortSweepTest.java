package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.catalogue.Saying;
import dev.ronde.check.probe.TargetLimits.Admission;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.services.BlackHole;
import dev.ronde.testing.services.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PortSweepTest {
    private static final ProbeLimits LOOK = new ProbeLimits(4, Duration.ofMillis(400), Duration.ofSeconds(5), 1);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final TestClock clock = new TestClock();

    private static ProbePolicy anyPort() {
        return TestNetwork.policy("127.0.0.0/8,::1/128", name -> List.of(InetAddress.getLoopbackAddress()));
    }

    private static HostPort canary(int port) {
        return HostPort.parse("127.0.0.1:" + port);
    }

    private ProbeResult sweep(String host, ProbePolicy policy, @Nullable HostPort canary, Integer... ports) {
        return sweep(host, looks(policy, canary), ports);
    }

    private ProbeResult sweep(String host, PortSweep.Looks from, Integer... ports) {
        return sweep(host, from, 64, LONG, ports);
    }

    private static PortSweep.Looks looks(ProbePolicy policy, @Nullable HostPort canary) {
        return (type, target) -> TestNetwork.probe(type, policy, canary).collect(target, LOOK);
    }

    /** A host that leads to loopback, and looks at its ports as a test wants them. */
    private static PortSweep.Looks at(Function<ProbeTarget, ProbeResult> look) {
        return (type, target) -> type.equals(HostAddresses.TYPE)
                ? HostAddresses.found(List.of(InetAddress.getLoopbackAddress()), "external")
                : look.apply(target);
    }

    private ProbeResult sweep(
            String host, Function<ProbeTarget, ProbeResult> look, int most, Duration total, Integer... ports) {
        return sweep(host, at(look), most, total, ports);
    }

    private ProbeResult sweep(String host, PortSweep.Looks from, int most, Duration total, Integer... ports) {
        TargetLimits limits = new TargetLimits(clock, 50);
        TargetLimits.Permit permit =
                ((Admission.Admitted) limits.enterSweep(host, Duration.ofMinutes(15), true, Instant.MAX)).permit();
        return new PortSweep("tcp.connect", from, permit, clock)
                .collect(
                        Arrays.stream(ports)
                                .map(port -> TestNetwork.target(host, port))
                                .toList(),
                        most,
                        total);
    }

    @SuppressWarnings("unchecked")
    private static List<String> states(ProbeResult result) {
        Map<String, Object> facts = ((ProbeResult.Collected) result).facts();
        return ((List<Map<String, Object>>) facts.get("ports"))
                .stream()
                        .map(port -> port.getOrDefault("address", "?") + " " + port.get("state")
                                + (port.containsKey("why") ? " " + port.get("why") : ""))
                        .toList();
    }

    private static boolean proven(ProbeResult result) {
        return Boolean.TRUE.equals(TestNetwork.facts(result, "vantage").get("canaryOk"));
    }

    @Test
    void connectsOnceToEachPortAndSaysNothing() throws IOException {
        try (ScriptedServer open = ScriptedServer.start(ScriptedServer.Peer::waitForEnd)) {
            ProbeResult result = sweep("127.0.0.1", anyPort(), null, TestNetwork.closedPort(), open.port());
            assertThat(states(result)).containsExactly("127.0.0.1 refused", "127.0.0.1 open");
            assertThat(result.exchanges())
                    .hasSize(2)
                    .allSatisfy(exchange -> assertThat(exchange.bytesOut() + exchange.bytesRead())
                            .isZero())
                    .extracting(Exchange::outcome)
                    .containsExactly("refused", "connected");
            assertThat(result.exchanges().get(1).what()).isEqualTo("connect " + open.port());
            assertThat(result.resolved()).isEqualTo("127.0.0.1");
            open.awaitConnections(1);
            assertThat(open.connections()).isEqualTo(1);
            assertThat(open.received(0)).isEmpty();
        }
    }

    /** What it says, and whether it says anything, is no matter: it takes connections. */
    @Test
    void whateverListensIsOpen() throws IOException {
        Map<String, ScriptedServer.Script> servers = Map.of(
                "accepts and stays silent",
                ScriptedServer.silence(),
                "resets",
                ScriptedServer.Peer::reset,
                "another service (SSH)",
                ScriptedServer.greet("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"),
                "endless bytes",
                peer -> {
                    byte[] much = new byte[65_536];
                    while (true) {
                        peer.say(much);
                    }
                });
        for (Map.Entry<String, ScriptedServer.Script> server : servers.entrySet()) {
            try (ScriptedServer open = ScriptedServer.start(server.getValue())) {
                ProbeResult result = sweep("127.0.0.1", anyPort(), null, open.port());
                assertThat(states(result)).as(server.getKey()).containsExactly("127.0.0.1 open");
                assertThat(result.exchanges().get(0).bytesRead()).isZero();
            }
        }
    }

    @Test
    void silenceCountsWhereTheCanaryVouchesForItOrTheHostAnswersAfterwards() throws IOException {
        try (BlackHole hole = BlackHole.open();
                ServerSocket open = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            int canary = open.getLocalPort();
            ProbeResult silent = sweep("127.0.0.1", anyPort(), null, hole.port());
            assertThat(states(silent)).containsExactly("127.0.0.1 filtered");
            assertThat(proven(silent)).isFalse();
            ProbeResult vouched = sweep("127.0.0.1", anyPort(), canary(canary), hole.port());
            assertThat(states(vouched)).containsExactly("127.0.0.1 filtered");
            assertThat(proven(vouched)).isTrue();
            assertThat(((ProbeResult.Collected) vouched).vantage().proof()).isEqualTo("canary");
            assertThat(proven(sweep("127.0.0.1", anyPort(), null, hole.port(), canary)))
                    .as("it answers after it was silent")
                    .isTrue();
            assertThat(proven(sweep("127.0.0.1", anyPort(), null, canary, hole.port())))
                    .as("the way may be gone since it answered")
                    .isFalse();
        }
    }

    @Test
    void whatMayNotBeProbedIsNotLookedAt() throws IOException {
        try (ScriptedServer open = ScriptedServer.start(ScriptedServer.Peer::waitForEnd)) {
            int closed = TestNetwork.closedPort();
            ProbePolicy one =
                    TestNetwork.policy("127.0.0.1:" + closed, name -> List.of(InetAddress.getLoopbackAddress()));
            ProbeResult result = sweep("127.0.0.1", one, null, open.port(), closed);
            assertThat(states(result)).containsExactly("? not-looked-at policy-denied", "127.0.0.1 refused");
            assertThat(open.connections()).isZero();
            ProbeResult none = sweep("127.0.0.1", one, null, open.port(), open.port() == 9 ? 10 : 9);
            assertThat(none).isInstanceOf(ProbeResult.Failed.class);
            assertThat(((ProbeResult.Failed) none).reason()).isEqualTo(ProbeFailure.POLICY_DENIED);
            assertThat(((ProbeResult.Failed) none).detail()).contains("RONDE_PROBE_ALLOW");
        }
    }

    @Test
    void looksAtEveryAddressOfAName() throws IOException {
        try (ServerSocket second = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.2"))) {
            ProbePolicy two = TestNetwork.policy(
                    "127.0.0.0/8", name -> List.of(TestNetwork.address("127.0.0.1"), TestNetwork.address("127.0.0.2")));
            ProbeResult result = sweep("localhost", two, null, second.getLocalPort());
            assertThat(states(result)).containsExactly("127.0.0.1 refused", "127.0.0.2 open");
            assertThat(result.resolved()).isEqualTo("127.0.0.1, 127.0.0.2");
        }
    }

    /** A name that leads elsewhere with every answer: it is asked for once, and each look goes where it led then. */
    @Test
    void aNameIsResolvedOnceForAllItsPorts() throws IOException {
        try (ServerSocket elsewhere = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.2"))) {
            AtomicInteger asked = new AtomicInteger();
            ProbePolicy rebound = TestNetwork.policy(
                    "127.0.0.0/8", name -> List.of(TestNetwork.address("127.0.0." + asked.incrementAndGet())));
            ProbeResult result = sweep("localhost", rebound, null, TestNetwork.closedPort(), elsewhere.getLocalPort());
            assertThat(states(result)).containsExactly("127.0.0.1 refused", "127.0.0.1 refused");
            assertThat(asked).hasValue(1);
        }
    }

    /** Where the name led is tested again for every port: what one port may, another need not. */
    @Test
    void theAddressesOfAHostAreTestedForEachPort() throws IOException {
        try (ScriptedServer open = ScriptedServer.start(ScriptedServer.Peer::waitForEnd)) {
            int closed = TestNetwork.closedPort();
            ProbePolicy one =
                    TestNetwork.policy("127.0.0.1:" + closed, name -> List.of(TestNetwork.address("127.0.0.1")));
            assertThat(states(sweep("localhost", one, null, open.port(), closed)))
                    .containsExactly("? not-looked-at policy-denied", "127.0.0.1 refused");
            assertThat(open.connections()).isZero();
        }
    }

    /** What keeps the whole host from being probed is asked once, before its first port, and named without any. */
    @Test
    void aHostThatMayNotBeProbedIsRefusedAsAWhole() {
        List<Integer> looks = new ArrayList<>();
        for (String allow : List.of("", "10.0.0.0/8")) {
            AtomicInteger asked = new AtomicInteger();
            ProbePolicy policy = TestNetwork.policy(allow, name -> {
                asked.incrementAndGet();
                return List.of(TestNetwork.address("127.0.0.1"));
            });
            PortSweep.Looks from = (type, target) -> {
                looks.add(type.equals(HostAddresses.TYPE) ? 0 : target.port());
                return TestNetwork.probe(type, policy, null).collect(target, LOOK);
            };
            for (String host : List.of("localhost", "127.0.0.1")) {
                ProbeResult.Failed refused = (ProbeResult.Failed) sweep(host, from, 22, 6379);
                assertThat(refused.reason()).isEqualTo(ProbeFailure.POLICY_DENIED);
                assertThat(refused.detail())
                        .contains("RONDE_PROBE_ALLOW")
                        .doesNotContain("22")
                        .doesNotContain("6379")
                        .doesNotContain("port");
            }
            assertThat(asked).hasValueLessThanOrEqualTo(1);
        }
        assertThat(looks).containsExactly(0, 0, 0, 0);
    }

    @Test
    void whereTheHostLeadsIsReadAsAnythingFromOutside() {
        for (Object addresses : List.of("x", List.of(), List.of("127.0.0.1", "host.example"), List.of(1L))) {
            PortSweep.Looks from = (type, target) -> new ProbeResult.Collected(
                    Map.of("addresses", addresses), new Vantage("external", true, "answer"), null, List.of());
            assertThat(((ProbeResult.Failed) sweep("localhost", from, 1)).reason())
                    .isEqualTo(ProbeFailure.CRASH);
        }
    }

    /** One address of a name that is silent is not proven by another that answers. */
    @Test
    void eachAddressNeedsItsOwnProof() throws IOException {
        try (BlackHole hole = BlackHole.open();
                ServerSocket second = new ServerSocket(hole.port(), 5, InetAddress.getByName("127.0.0.2"))) {
            ProbePolicy two = TestNetwork.policy(
                    "127.0.0.0/8", name -> List.of(TestNetwork.address("127.0.0.1"), TestNetwork.address("127.0.0.2")));
            ProbeResult result = sweep("localhost", two, null, hole.port());
            assertThat(states(result)).containsExactly("127.0.0.1 filtered", "127.0.0.2 open");
            assertThat(proven(result)).isFalse();
            assertThat(proven(sweep("localhost", two, canary(second.getLocalPort()), hole.port())))
                    .as("the canary of 127.0.0.1 is the hole itself")
                    .isFalse();
        }
    }

    @Test
    void speaksIpv6() throws IOException {
        try (ServerSocket open = new ServerSocket(0, 5, InetAddress.getByName("::1"))) {
            ProbeResult result = sweep("::1", anyPort(), null, TestNetwork.closedPort(), open.getLocalPort());
            assertThat(states(result)).containsExactly("::1 refused", "::1 open");
        }
    }

    @Test
    void namesWhatDoesNotFitIntoItsBounds() throws IOException {
        try (BlackHole hole = BlackHole.open()) {
            Probe probe = TestNetwork.probe("tcp.connect", anyPort(), null);
            Function<ProbeTarget, ProbeResult> look = target -> probe.collect(target, LOOK);
            int closed = TestNetwork.closedPort();
            assertThat(states(sweep("127.0.0.1", look, 1, LONG, closed, hole.port())))
                    .containsExactly("127.0.0.1 refused", "? not-looked-at limit");
            assertThat(states(sweep("127.0.0.1", look, 64, Duration.ofMillis(200), hole.port(), closed)))
                    .containsExactly("127.0.0.1 filtered", "? not-looked-at time");
        }
    }

    @Test
    void aVantageThatIsGoneEndsItAndWhatWasSeenStays() {
        Probe probe = TestNetwork.probe("tcp.connect", anyPort(), null);
        int closed = TestNetwork.closedPort();
        Function<ProbeTarget, ProbeResult> look = target -> target.port() == closed
                ? probe.collect(target, LOOK)
                : ProbeResult.failed(ProbeFailure.NO_VANTAGE, Saying.NO_AGENT, "external");
        assertThat(states(sweep("127.0.0.1", look, 64, LONG, closed, 1, 2)))
                .containsExactly("127.0.0.1 refused", "? not-looked-at no-vantage", "? not-looked-at no-vantage");
        ProbeResult nothing = sweep("127.0.0.1", look, 64, LONG, 1, 2);
        assertThat(((ProbeResult.Failed) nothing).reason()).isEqualTo(ProbeFailure.NO_VANTAGE);
    }

    @Test
    void aLookThatBreaksCostsItsOwnPortAlone() {
        Function<ProbeTarget, ProbeResult> look = target -> {
            if (target.port() == 2) {
                throw new IllegalStateException("no database");
            }
            return seen(1, "open");
        };
        ProbeResult result = sweep("127.0.0.1", look, 64, LONG, 1, 2, 3);
        assertThat(states(result)).containsExactly("127.0.0.1 open", "? not-looked-at probe-crash", "127.0.0.1 open");
        assertThat(result.exchanges()).hasSize(2);
    }

    /** So many addresses that not every one of them can be kept. */
    @Test
    void whatIsOpenIsKeptHoweverMuchThereIs() {
        ProbeResult result = sweep(
                "127.0.0.1", target -> seen(100, target.port() == 6 ? "open" : "refused"), 64, LONG, 1, 2, 3, 4, 5, 6);
        assertThat(states(result)).hasSize(400);
        assertThat(states(result).stream().filter(state -> state.endsWith("open")))
                .hasSize(100);
        assertThat(((ProbeResult.Collected) result).facts()).containsEntry("more", 200L);
    }

    private static ProbeResult seen(int addresses, String state) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 1; i <= addresses; i++) {
            all.add(Map.of("address", "127.0.0." + i, "state", state));
        }
        return new ProbeResult.Collected(
                Map.of("addresses", all),
                new Vantage("external", true, "answer"),
                null,
                List.of(new Exchange("connect", "connected", null, 0, 0, 1)));
    }

    @Test
    void anAuthorisationThatIsOverEndsItAtOnce() {
        List<Integer> asked = new ArrayList<>();
        Function<ProbeTarget, ProbeResult> look = target -> {
            asked.add(target.port());
            return ProbeResult.failed(ProbeFailure.POLICY_DENIED, Saying.NOT_AUTHORISED);
        };
        sweep("127.0.0.1", look, 64, LONG, 1, 2, 3);
        assertThat(asked).as("another port may be allowed").containsExactly(1, 2, 3);
        asked.clear();
        clock.advance(Duration.ofDays(400));
        ProbeResult result = sweep("127.0.0.1", look, 64, LONG, 1, 2, 3);
        assertThat(asked).containsExactly(1);
        assertThat(((ProbeResult.Failed) result).reason()).isEqualTo(ProbeFailure.POLICY_DENIED);
    }

    @Test
    void nothingIsMadeOfAnAnswerThatIsNone() {
        for (Object addresses : List.of(
                "x",
                List.of(),
                List.of(Map.of("address", "127.0.0.1", "state", "ajar")),
                List.of(Map.of("address", "x".repeat(500), "state", "open")),
                List.of(Map.of("address", "127.0.0.1", "state", "open"), "x"))) {
            Function<ProbeTarget, ProbeResult> look = target -> target.port() == 1
                    ? new ProbeResult.Collected(
                            Map.of("addresses", addresses), new Vantage("external", true, "answer"), null, List.of())
                    : new ProbeResult.Collected(
                            Map.of("addresses", List.of(Map.of("address", "127.0.0.1", "state", "refused"))),
                            new Vantage("external", true, "answer"),
                            null,
                            List.of());
            assertThat(states(sweep("127.0.0.1", look, 64, LONG, 1, 2)))
                    .containsExactly("? not-looked-at probe-crash", "127.0.0.1 refused");
        }
    }

    @Test
    void anInterruptEndsItWithinASecondAndWhatWasExchangedIsTold() throws Exception {
        try (BlackHole hole = BlackHole.open()) {
            Probe probe = TestNetwork.probe("tcp.connect", anyPort(), null);
            ProbeLimits slow = new ProbeLimits(4, Duration.ofSeconds(3), Duration.ofSeconds(15), 1);
            CompletableFuture<ProbeResult> done = new CompletableFuture<>();
            int closed = TestNetwork.closedPort();
            ProbeThread thread = new ProbeThread(
                    () -> done.complete(
                            sweep("127.0.0.1", target -> probe.collect(target, slow), 64, LONG, closed, hole.port())),
                    "sweep");
            thread.start();
            TimeUnit.MILLISECONDS.sleep(500);
            long told = System.nanoTime();
            thread.interrupt();
            ProbeResult result = done.get(5, TimeUnit.SECONDS);
            assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(Duration.ofSeconds(1));
            assertThat(((ProbeResult.Failed) result).reason()).isEqualTo(ProbeFailure.TIMEOUT);
            assertThat(result.exchanges()).extracting(Exchange::outcome).containsExactly("refused", "stopped");
        }
    }

    /** Elsewhere than on loopback looks keep their distance, and what others want of the same ports goes between them. */
    @Test
    void keepsItsDistanceAndLetsOthersGoBetween() {
        TargetLimits limits = new TargetLimits(
                InstantSource.system(), 50, Duration.ofMillis(150), NameBook.empty(InstantSource.system()));
        TargetLimits.Permit permit = ((Admission.Admitted)
                        limits.enterSweep("192.0.2.1", Duration.ofMinutes(15), true, Instant.MAX))
                .permit();
        List<Long> looks = new ArrayList<>();
        List<String> others = new ArrayList<>();
        Function<ProbeTarget, ProbeResult> look = target -> {
            looks.add(System.nanoTime());
            assertThat(limits.enter("192.0.2.1", target.port(), true, Instant.MAX))
                    .as("one connection at a time")
                    .isInstanceOf(Admission.Later.class);
            others.add(limits.enter("192.0.2.1", target.port() + 100, true, Instant.MAX)
                    .getClass()
                    .getSimpleName());
            return new ProbeResult.Collected(
                    Map.of("addresses", List.of(Map.of("address", "192.0.2.1", "state", "refused"))),
                    new Vantage("external", true, "answer"),
                    null,
                    List.of());
        };
        ProbeResult result = new PortSweep("tcp.connect", at(look), permit, InstantSource.system())
                .collect(
                        List.of(1, 2, 3).stream()
                                .map(port -> TestNetwork.target("192.0.2.1", port))
                                .toList(),
                        64,
                        LONG);
        assertThat(states(result)).hasSize(3);
        assertThat(others).containsOnly("Admitted");
        for (int i = 1; i < looks.size(); i++) {
            assertThat(Duration.ofNanos(looks.get(i) - looks.get(i - 1)))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(140));
        }
    }

    @Test
    void anotherProbeOfThePortGoesFirstAndThePortIsLookedAtLater() {
        TargetLimits limits = new TargetLimits(InstantSource.system(), 50);
        TargetLimits.Permit other = ((Admission.Admitted) limits.enter("127.0.0.1", 1, true, Instant.MAX)).permit();
        TargetLimits.Permit permit = ((Admission.Admitted)
                        limits.enterSweep("127.0.0.1", Duration.ofMinutes(15), true, Instant.MAX))
                .permit();
        List<Integer> order = new ArrayList<>();
        Function<ProbeTarget, ProbeResult> look = target -> {
            order.add(target.port());
            if (target.port() == 2) {
                other.end(false);
            }
            return new ProbeResult.Collected(
                    Map.of("addresses", List.of(Map.of("address", "127.0.0.1", "state", "refused"))),
                    new Vantage("external", true, "answer"),
                    null,
                    List.of());
        };
        new PortSweep("tcp.connect", at(look), permit, InstantSource.system())
                .collect(
                        List.of(1, 2).stream()
                                .map(port -> TestNetwork.target("127.0.0.1", port))
                                .toList(),
                        64,
                        LONG);
        assertThat(order).containsExactly(2, 1);
    }

    @Test
    void readsListsOfPorts() {
        assertThat(PortList.parse("22/tcp,6379/tcp,11211/udp,, 443 ,8000-8002/tcp,22"))
                .containsExactly(6379, 443, 8000, 8001, 8002, 22);
        for (String none : List.of("0", "65536", "8010-8000", "http", "22;23", "-1", "99999")) {
            assertThat(PortList.parse("22," + none)).as(none).isEmpty();
        }
    }

    @Test
    void theSocketsAreClosed() throws IOException {
        try (ServerSocket open = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            sweep("127.0.0.1", anyPort(), null, open.getLocalPort());
            try (Socket taken = open.accept()) {
                taken.setSoTimeout(2_000);
                assertThat(taken.getInputStream().read()).isEqualTo(-1);
                assertThat(((InetSocketAddress) taken.getRemoteSocketAddress())
                                .getAddress()
                                .isLoopbackAddress())
                        .isTrue();
            }
        }
    }
}
