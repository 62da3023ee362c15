package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.services.ScriptedServer;
import dev.ronde.testing.services.ScriptedServer.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** TLS 1.3 is offered without a key share first; who does not take that is asked with one. */
class TlsKeyShareTest {
    private static final byte[] HANDSHAKE_FAILURE = {0x15, 3, 3, 0, 2, 2, 40};
    private static final byte[] PROTOCOL_VERSION = {0x15, 3, 3, 0, 2, 2, 70};
    private static final String NO_SHARE =
            new String(HexFormat.of().parseHex("003300020000"), StandardCharsets.ISO_8859_1);
    private static final String ONLY_13 =
            new String(HexFormat.of().parseHex("002b0003020304"), StandardCharsets.ISO_8859_1);

    @Test
    void aServerThatWantsAKeyShareAtOnceSpeaksTls13() throws IOException {
        Script picky = peer -> {
            peer.hear();
            String hello = peer.log().toString(StandardCharsets.ISO_8859_1);
            if (!hello.contains(ONLY_13)) {
                peer.say(PROTOCOL_VERSION);
            } else {
                peer.say(hello.contains(NO_SHARE) ? HANDSHAKE_FAILURE : OldTlsVersionsTest.serverHello("1301", true));
            }
        };
        try (ScriptedServer server = ScriptedServer.start(picky)) {
            assertThat(OldTlsVersionsTest.collect(server))
                    .containsEntry("tls13", "accepted")
                    .containsEntry("tls12", "refused");
            assertThat(server.received(1)).contains(NO_SHARE);
            assertThat(server.received(2)).contains(ONLY_13).doesNotContain(NO_SHARE);
        }
    }

    /** One that closes on all it does not like is heard in the fifth exchange, and nothing is left for its certificate. */
    @Test
    void aServerThatClosesOnAllButAKeyShareSpeaksTls13() throws IOException {
        Script closing = peer -> {
            peer.hear();
            String hello = peer.log().toString(StandardCharsets.ISO_8859_1);
            if (hello.contains(ONLY_13) && !hello.contains(NO_SHARE)) {
                peer.say(OldTlsVersionsTest.serverHello("1301", true));
            }
        };
        try (ScriptedServer server = ScriptedServer.start(closing)) {
            assertThat(OldTlsVersionsTest.collect(server))
                    .containsEntry("tls13", "accepted")
                    .containsEntry("tls12", "refused")
                    .containsEntry("tls11", "refused")
                    .containsEntry("tls10", "refused");
        }
    }

    @Test
    void aServerWithoutTls13IsAskedTwiceAndSaysNoTwice() throws IOException {
        Script old = ScriptedServer.answer(HANDSHAKE_FAILURE);
        try (ScriptedServer server = ScriptedServer.start(old)) {
            assertThat(OldTlsVersionsTest.collect(server)).containsEntry("tls13", "refused");
            assertThat(server.received(3)).contains(NO_SHARE);
            assertThat(server.received(4)).contains(ONLY_13).doesNotContain(NO_SHARE);
        }
    }
}
