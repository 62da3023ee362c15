package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.services.ScriptedServer;
import dev.ronde.testing.services.ScriptedServer.Script;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartTlsTest {
    private static final byte[] ALERT = {0x15, 3, 3, 0, 2, 2, 70};

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            smtp|220-mail;220 ESMTP|EHLO ronde.invalid|250-mail;250-SIZE 1;250 STARTTLS|STARTTLS|220 go
            imap|* OK ready|r STARTTLS|r OK begin||
            pop3|+OK ready|STLS|+OK begin||
            ftp|220 ready|AUTH TLS|234 go||
            sieve|"SIEVE" "fileinto";"STARTTLS";OK ready|STARTTLS|OK go||""")
    void speaksThePrefaceOfEachProtocol(
            String word, String greeting, String first, String firstAnswer, String second, String secondAnswer)
            throws IOException {
        Script script = peer -> {
            peer.say(lines(greeting));
            peer.hear();
            peer.say(lines(firstAnswer));
            if (second != null) {
                peer.hear();
                peer.say(lines(secondAnswer));
            }
            peer.hear();
            peer.say(ALERT);
        };
        try (ScriptedServer server = ScriptedServer.start(script)) {
            Map<String, Object> tls = collect(word, server);
            assertThat(tls)
                    .isEqualTo(Map.of(
                            "outcome",
                            "response",
                            "tls10",
                            "refused",
                            "tls11",
                            "refused",
                            "tls12",
                            "refused",
                            "tls13",
                            "refused"));
            String preface = first + "\r\n" + (second == null ? "" : second + "\r\n");
            assertThat(server.received(0)).startsWith(preface + "\u0016\u0003\u0001");
        }
    }

    @Test
    void aProtocolNobodyKnowsIsNotGuessedAt() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.silence())) {
            assertThat(collect("gopher", server))
                    .containsEntry("outcome", "skipped")
                    .containsEntry("tls12", "none");
            assertThat(server.connections()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"smtp, 554 no", "smtp, 220 hello", "imap, * BYE", "pop3, -ERR", "postgres, N"})
    void aServerThatDoesNotOfferTlsConcludesNothing(String word, String answer) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.greet(lines(answer), lines("500 what")))) {
            assertThat(collect(word, server)).containsEntry("tls12", "none").containsEntry("tls10", "none");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ldap, '', 300c02010178070a010004000400, accepts",
        "ldap, '', 3084000000100201017884000000070a010004000400, accepts",
        "ldap, '', 300c02010178070a013404000400, refuses",
        "mysql, 1f0000000a382e302e33360001000000616161616161616100008a0000000000000000, '', accepts",
        "mysql, 1f0000000a382e302e3336000100000061616161616161610000820000000000000000, '', refuses"
    })
    void speaksBinaryPrefaces(String word, String greeting, String answer, String verdict) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.say(HexFormat.of().parseHex(greeting));
            peer.hear();
            peer.say(answer.isEmpty() ? ALERT : HexFormat.of().parseHex(answer));
            if (!answer.isEmpty()) {
                peer.hear();
                peer.say(ALERT);
            }
        })) {
            assertThat(collect(word, server)).containsEntry("tls12", verdict.equals("accepts") ? "refused" : "none");
        }
    }

    @ParameterizedTest
    @CsvSource({"<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>, refused", "<failure/>, none"})
    void speaksXmpp(String answer, String fact) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(
                "<stream:stream><stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:features>",
                answer,
                ALERT))) {
            assertThat(collect("xmpp", server)).containsEntry("tls12", fact);
        }
    }

    private static Map<String, Object> collect(String word, ScriptedServer server) {
        ProbeTarget target = TestNetwork.target("127.0.0.1", server.port(), null, word, Map.of());
        return TestNetwork.facts(TestNetwork.probe("tls.endpoint").collect(target, TestNetwork.QUICK), "tls");
    }

    private static String lines(String text) {
        return text.replace(";", "\r\n") + "\r\n";
    }
}
