package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.catalogue.Judgement;
import dev.ronde.testing.services.ScriptedServer;
import dev.ronde.testing.services.ScriptedServer.Peer;
import dev.ronde.testing.services.ScriptedServer.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server does where a ClientHello offers TLS 1.0 or 1.1 alone, and what that proves. */
class OldTlsVersionsTest {
    private static final byte[] PROTOCOL_VERSION = {0x15, 3, 1, 0, 2, 2, 70};
    private static final byte[] HANDSHAKE_FAILURE = {0x15, 3, 1, 0, 2, 2, 40};

    /** A port that speaks a new version before and after answers as one that does not speak the old one, or does not answer. */
    @ParameterizedTest
    @CsvSource({
        "protocol-version, refused",
        "handshake-failure, refused",
        "close, refused",
        "reset, refused",
        "silence, none",
        "garbage, none",
        "http, none"
    })
    void whatAnOldHelloMeetsBetweenNewOnes(String answer, String fact) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(onlyNew(answer))) {
            assertThat(collect(server))
                    .containsEntry("tls13", "accepted")
                    .containsEntry("tls12", "accepted")
                    .containsEntry("tls11", fact)
                    .containsEntry("tls10", fact);
        }
    }

    /** One that lets nobody in any more after a few connections has not refused the old versions. */
    @ParameterizedTest
    @CsvSource({"close", "reset"})
    void whoClosesOnNewVersionsAfterwardsHasRefusedNothing(String answer) throws IOException {
        Script first = onlyNew("close");
        Script shut = peer -> answer(peer, answer);
        try (ScriptedServer server = ScriptedServer.start(first, shut)) {
            assertThat(collect(server))
                    .containsEntry("tls12", "accepted")
                    .containsEntry("tls11", "none")
                    .containsEntry("tls10", "none");
            Judgement judgement = ShippedChecks.judge(
                    ShippedChecks.find("tls-protocol-and-certificate"), server.port(), Duration.ofMillis(500));
            assertThat(judgement.outcome().code()).isEqualTo("unknown");
        }
    }

    /** A server of TLS 1.3 marks the TLS 1.2 it agrees to (RFC 8446 §4.1.3); who does not mark it is asked. */
    @ParameterizedTest
    @CsvSource({"444f574e47524401, accepted, 2", "444f574e47524400, refused, 4", "1111111111111111, refused, 4"})
    void whatTheRandomOfTls12SaysOfTls13(String end, String fact, int connections) throws IOException {
        AtomicInteger heard = new AtomicInteger();
        Script marked = peer -> {
            heard.incrementAndGet();
            peer.hear();
            byte[] hello = peer.log().toByteArray();
            boolean twelve = hello[10] == 3 && !HexFormat.of().formatHex(hello).contains("002b0003020304");
            peer.say(twelve ? serverHello("c02f", false, end) : PROTOCOL_VERSION);
        };
        try (ScriptedServer server = ScriptedServer.start(marked)) {
            assertThat(collect(server))
                    .containsEntry("tls13", fact)
                    .containsEntry("tls12", "accepted")
                    .containsEntry("tls11", "refused")
                    .containsEntry("tls10", "refused");
            // the one of them that is a handshake reads the certificate, which this server does not show
            assertThat(heard).hasValue(connections + 1);
        }
    }

    /** Whoever takes all the time there is leaves none for another question, and the log has only what was asked. */
    @Test
    void whatThereWasNoTimeForIsNoExchange() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(Peer::waitForEnd)) {
            ProbeResult result = TestNetwork.probe("tls.endpoint").collect(target(server), TestNetwork.QUICK);
            assertThat(result.exchanges())
                    .allSatisfy(exchange ->
                            assertThat(exchange.bytesOut()).as(exchange.what()).isPositive());
        }
    }

    private static Script onlyNew(String answer) {
        return peer -> {
            peer.hear();
            byte[] hello = peer.log().toByteArray();
            boolean old = hello[9] == 3 && hello[10] < 3;
            if (old) {
                answer(peer, answer);
            } else {
                String text = HexFormat.of().formatHex(hello);
                peer.say(text.contains("002b0003020304") ? serverHello("1301", true) : serverHello("c02f", false));
            }
        };
    }

    private static void answer(Peer peer, String answer) throws IOException {
        switch (answer) {
            case "protocol-version" -> peer.say(PROTOCOL_VERSION);
            case "handshake-failure" -> peer.say(HANDSHAKE_FAILURE);
            case "reset" -> peer.reset();
            case "silence" -> peer.waitForEnd();
            case "garbage" -> peer.say("xx not TLS at all");
            case "http" -> peer.say("HTTP/1.1 400 Bad Request\r\n\r\n");
            default -> peer.socket().shutdownOutput();
        }
    }

    static byte[] serverHello(String suite, boolean new13) {
        return serverHello(suite, new13, "11".repeat(8));
    }

    private static byte[] serverHello(String suite, boolean new13, String endOfRandom) {
        String extensions = new13 ? "0006" + "002b00020304" : "0000";
        String body = "0303" + "11".repeat(24) + endOfRandom + "00" + suite + "00" + extensions;
        int length = body.length() / 2;
        return HexFormat.of()
                .parseHex("160303" + String.format("%04x", length + 4) + "02" + String.format("%06x", length) + body);
    }

    static Map<String, Object> collect(ScriptedServer server) {
        return TestNetwork.facts(TestNetwork.probe("tls.endpoint").collect(target(server), TestNetwork.QUICK), "tls");
    }

    private static ProbeTarget target(ScriptedServer server) {
        return TestNetwork.target(server.port());
    }
}
