package dev.ronde.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.KeptFacts;
import dev.ronde.catalogue.Outcome;
import dev.ronde.check.probe.Exchange;
import dev.ronde.check.probe.NamedHosts;
import dev.ronde.check.probe.TargetLimits;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.services.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A name is looked at wherever it leads, and the worst of it stands. */
final class EveryAddressTest {
    private static final String OPEN = "+PONG\r\n";
    private static final String CLOSED = "-NOAUTH Authentication required.\r\n";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();

    @AutoClose
    private CheckBench bench;

    @BeforeEach
    void start() {
        bench = new CheckBench(DatabaseKind.H2, folder, clock);
    }

    private Execution run(int port, String... addresses) {
        return run("127.0.0.0/8,::1", port, Duration.ofSeconds(5), addresses);
    }

    private Execution run(String allow, int port, Duration atMost, String... addresses) {
        CheckRunner runner = TestRunners.runner(
                clock,
                NamedHosts.probes(allow, Map.of("dual.test", List.of(addresses))),
                List.of(),
                "internal",
                ZoneOffset.UTC);
        Asset asset = bench.inventory.asset(
                "dual",
                "service.redis",
                "owner@example.com",
                Map.of(
                        AssetField.ADDRESS,
                        "dual.test",
                        AssetField.PORT,
                        port,
                        AssetField.PROBE_AUTHORISED_UNTIL,
                        LocalDate.of(2099, 1, 1)));
        CatalogueEntry redis = bench.catalogue.find("redis-anonymous-access").orElseThrow();
        TargetLimits limits = new TargetLimits(clock, 50);
        TargetLimits.Permit permit =
                ((TargetLimits.Admission.Admitted) limits.enter("dual.test", port, true, Instant.MAX)).permit();
        return runner.probe(redis, asset, new CheckRunner.Admitted(permit, atMost));
    }

    private static List<String> remotes(Execution ran) {
        return ran.exchanges().stream()
                .map(Exchange::wire)
                .map(wire -> wire == null ? "" : wire.remoteAddress())
                .distinct()
                .toList();
    }

    /** Nothing listens at the first address, as where a server was moved to IPv6. */
    @Test
    void whatIsOpenOverIpv6AloneIsOpen() throws IOException {
        try (ScriptedServer six = ScriptedServer.at("::1", ScriptedServer.answer(OPEN))) {
            Execution ran = run(six.port(), "127.0.0.1", "::1");
            assertThat(ran.judgement().outcome()).isEqualTo(Outcome.FAIL);
            assertThat(ran.judgement().incomplete()).isFalse();
            assertThat(ran.resolved()).isEqualTo("[::1]:" + six.port());
            assertThat(ran.kept().toString()).contains("pong");
            assertThat(remotes(ran)).containsExactly("127.0.0.1", text("::1"));
        }
    }

    @Test
    void passesOnlyWhereEveryAddressDoesAndNamesThem() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(CLOSED))) {
            Execution ran = run(server.port(), "127.0.0.2", "127.0.0.1");
            assertThat(ran.judgement().outcome()).isEqualTo(Outcome.PASS);
            assertThat(ran.resolved()).isEqualTo("127.0.0.1:" + server.port() + ", 127.0.0.2:" + server.port());
            assertThat(remotes(ran)).containsExactly("127.0.0.1", "127.0.0.2");
        }
    }

    @Test
    void whatIsNotKnownOfOneAddressIsNotKnownOfTheName() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer("HTTP/1.1 400 Bad Request\r\n\r\n"))) {
            Execution ran = run(server.port(), "127.0.0.1", "127.0.0.2");
            assertThat(ran.judgement().outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(ran.resolved()).isEqualTo("127.0.0.1:" + server.port());
        }
    }

    @Test
    void anAddressThatPolicyDoesNotAllowIsNamedAndNoneIsProbed() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(OPEN))) {
            Execution ran = run("127.0.0.1", server.port(), Duration.ofSeconds(5), "127.0.0.1", "127.0.0.2");
            assertThat(ran.judgement().outcome()).isEqualTo(Outcome.ERROR);
            assertThat(ran.judgement().reason()).isEqualTo("policy-denied");
            assertThat(ran.judgement().detail()).contains("127.0.0.2 port " + server.port());
            assertThat(ran.exchanges()).isEmpty();
        }
    }

    @Test
    void moreAddressesThanAreLookedAtAreNoPass() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(OPEN))) {
            String[] closed = IntStream.rangeClosed(2, 11)
                    .mapToObj(last -> "127.0.0." + last)
                    .toArray(String[]::new);
            Execution unknown = run(server.port(), closed);
            assertThat(unknown.judgement().outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(unknown.judgement().reason()).isEqualTo("addresses-not-looked-at");
            assertThat(unknown.judgement().detail())
                    .isEqualTo("2 of the 10 addresses of the name were not looked at: 127.0.0.10, 127.0.0.11");
            assertThat(remotes(unknown)).hasSize(8);
        }
    }

    @Test
    void aFailureBesideWhatIsNotKnownIsIncomplete() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(OPEN))) {
            Execution ran = run("127.0.0.0/8", server.port(), Duration.ZERO, "127.0.0.1", "127.0.0.2");
            assertThat(ran.judgement().outcome()).isEqualTo(Outcome.FAIL);
            assertThat(ran.judgement().incomplete()).isTrue();
            assertThat(remotes(ran)).containsExactly("127.0.0.1");
        }
    }

    /** A waiver of what one address fails by must not hide another failure. */
    @Test
    void severalFailuresTogetherAreAnotherFailureThanOneOfThem() {
        assertThat(KeptFacts.together(List.of("sha256:a", "sha256:a"))).isEqualTo("sha256:a");
        assertThat(KeptFacts.together(List.of("sha256:a", "sha256:b")))
                .startsWith("sha256:")
                .isNotIn("sha256:a", "sha256:b")
                .isEqualTo(KeptFacts.together(List.of("sha256:b", "sha256:a")));
    }

    private static String text(String address) throws UnknownHostException {
        return InetAddress.getByName(address).getHostAddress();
    }
}
