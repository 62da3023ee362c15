package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.testing.OutcomeTable;
import dev.ronde.testing.Stance;
import dev.ronde.testing.services.ScriptedServer;
import dev.ronde.testing.services.ScriptedServer.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shipped check that sends packets, against what may stand behind any port. */
class GeneralCasesTest {
    private static final String SILENT = "accepts and stays silent";

    private static final Duration PATIENCE = Duration.ofMillis(400);

    /** Ask whether something works, or ask somebody else, so that silence is no good news. */
    private static final Set<String> WANT_AN_ANSWER = Set.of(
            "vault-seal-status",
            "tls-protocol-and-certificate",
            "domain-mail-authenticity",
            "domain-dns-authenticity",
            "dangling-dns",
            "nfs-world-export");

    private static final Set<String> UDP = Set.of("memcached.open-udp", "snmp.community", "dns.resolver");

    static Stream<CheckDefinition> checks() {
        return ShippedChecks.probing();
    }

    static Stream<CheckDefinition> tcpChecks() {
        return checks().filter(check -> !UDP.contains(check.probe().type()));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void nothingListens(CheckDefinition check) {
        String outcome = outcome(check, "nothing listens", TestNetwork.closedPort());
        assertThat(outcome).as(check.id()).isEqualTo(WANT_AN_ANSWER.contains(check.id()) ? "unknown" : "pass");
    }

    @ParameterizedTest
    @MethodSource("tcpChecks")
    void aSilentServerIsUnknown(CheckDefinition check) throws IOException {
        assertThat(outcome(check, SILENT, ScriptedServer.silence()))
                .as(check.id())
                .isEqualTo("unknown");
    }

    @ParameterizedTest
    @MethodSource("tcpChecks")
    void endlessBytesAreUnknown(CheckDefinition check) throws IOException {
        Script flood = peer -> {
            byte[] much = new byte[65_536];
            while (true) {
                peer.say(much);
            }
        };
        assertThat(outcome(check, "endless bytes", flood)).as(check.id()).isEqualTo("unknown");
    }

    @ParameterizedTest
    @MethodSource("tcpChecks")
    void aTenMegabyteBannerOfTextIsNeitherGoodNorBad(CheckDefinition check) throws IOException {
        Script banner = peer -> {
            byte[] line = "220 welcome to a very long banner without any end \r"
                    .repeat(200)
                    .getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 1_000; i++) {
                peer.say(line);
            }
        };
        assertThat(outcome(check, "a banner of 10 MB", banner)).as(check.id()).isEqualTo("unknown");
    }

    @ParameterizedTest
    @MethodSource("tcpChecks")
    void aResetIsUnknown(CheckDefinition check) throws IOException {
        assertThat(outcome(check, "resets", ScriptedServer.Peer::reset))
                .as(check.id())
                .isEqualTo("unknown");
    }

    /** A port that takes a connection and drops it says nothing of what stands behind it, whatever is asked. */
    @ParameterizedTest
    @MethodSource("tcpChecks")
    void closingAtOnceIsUnknown(CheckDefinition check) throws IOException {
        assertThat(outcome(check, "accepts and closes at once", peer -> {}))
                .as(check.id())
                .isEqualTo("unknown");
    }

    @ParameterizedTest
    @MethodSource("tcpChecks")
    void closingAfterTheQuestionIsUnknown(CheckDefinition check) throws IOException {
        assertThat(outcome(check, "closes after the question", ScriptedServer.Peer::hear))
                .as(check.id())
                .isEqualTo("unknown");
    }

    @ParameterizedTest
    @MethodSource("tcpChecks")
    void anotherServiceThatSpeaksFirstIsUnknown(CheckDefinition check) throws IOException {
        String outcome =
                outcome(check, "another service (SSH)", ScriptedServer.greet("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"));
        assertThat(outcome).as(check.id()).isEqualTo(asksForTelnet(check) ? "pass" : "unknown");
    }

    @ParameterizedTest
    @MethodSource("tcpChecks")
    void anotherWebServerIsNeverAFailure(CheckDefinition check) throws IOException {
        Script page = ScriptedServer.answer(
                "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n<p>no</p>");
        String outcome = outcome(check, "another web server", page);
        if (isAboutWebSites(check)) {
            assertThat(outcome).as(check.id()).isIn("pass", "fail");
        } else {
            assertThat(outcome).as(check.id()).isEqualTo("unknown");
        }
    }

    /** A certificate of the client is not asked for, so nothing is proven. */
    @ParameterizedTest
    @MethodSource("tcpChecks")
    void aPortThatOnlySpeaksTlsIsUnknown(CheckDefinition check) throws IOException {
        byte[] alert = {0x15, 3, 3, 0, 2, 2, 70, 0, 0, 0, 0, 0};
        Script tlsOnly = ScriptedServer.answer(alert);
        assertThat(outcome(check, "a port that only speaks TLS", tlsOnly))
                .as(check.id())
                .isEqualTo("unknown");
        Script unasked = ScriptedServer.greet(alert);
        assertThat(outcome(check, "an alert unasked", unasked)).as(check.id()).isEqualTo("unknown");
    }

    /** Another service on the port of Telnet is what they want. */
    private static boolean asksForTelnet(CheckDefinition check) {
        return check.probe().type().equals("telnet.banner");
    }

    /** A page in the clear is an answer to them; the check of TLS learns nothing from it. */
    private static boolean isAboutWebSites(CheckDefinition check) {
        return check.id().startsWith("web-");
    }

    private static String outcome(CheckDefinition check, String what, Script script) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(script)) {
            return outcome(check, what, server.port());
        }
    }

    private static String outcome(CheckDefinition check, String what, int port) {
        Duration patience = what.equals(SILENT) ? PATIENCE.dividedBy(4) : PATIENCE;
        String outcome = ShippedChecks.judge(check, port, patience).outcome().code();
        Stance stance = what.equals(SILENT) ? Stance.SILENT : Stance.OTHER;
        OutcomeTable.note(check.id(), what, stance, outcome);
        return outcome;
    }
}
