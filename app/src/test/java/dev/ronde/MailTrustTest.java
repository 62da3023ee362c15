package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.Needs;
import dev.ronde.testing.ServerProcess;
import dev.ronde.testing.Unchecked;
import dev.ronde.testing.services.MailHouse;
import dev.ronde.testing.services.TokenServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server as an operator starts it, against Postfix and Dovecot that encrypt everything with a certificate of an authority of their own
 * and know access tokens only: SMTP with STARTTLS, IMAP over TLS, XOAUTH2.
 */
@Tag("service")
@Tag("long")
@Needs({"postfix", "dovecot", "/usr/lib/dovecot/lmtp", "openssl"})
final class MailTrustTest {
    private static final String USER = "ronde@ronde.test";

    @TempDir
    Path folder;

    @Test
    void aMailToOurselvesComesBackOverTrustedConnectionsByTokenUntilTheTokenIsRenewed() throws IOException {
        Path token = folder.resolve("token");
        Files.writeString(token, "first\n");
        try (TokenServer tokens = new TokenServer(USER);
                MailHouse house = new MailHouse(List.of(USER), tokens)) {
            tokens.accept("first");
            Map<String, String> settings = new HashMap<>(Map.of(
                    "RONDE_SMTP_HOST", "localhost",
                    "RONDE_SMTP_PORT", String.valueOf(house.secureSmtpPort()),
                    "RONDE_SMTP_TLS", "starttls",
                    "RONDE_MAIL_FROM", USER,
                    "RONDE_MAIL_REPLY", "plus",
                    "RONDE_IMAP_HOST", "localhost",
                    "RONDE_IMAP_PORT", String.valueOf(house.imapPort()),
                    "RONDE_IMAP_TLS", "tls",
                    "RONDE_IMAP_USER", USER));
            settings.put("RONDE_IMAP_TOKEN_PATH", token.toString());
            // the moved clock fetches at once
            settings.put("RONDE_TEST_CLOCK", Instant.now().toString());
            settings.put(
                    "JAVA_TOOL_OPTIONS",
                    "-Djavax.net.ssl.trustStore=" + house.trustStore()
                            + " -Djavax.net.ssl.trustStorePassword=changeit");
            try (ServerProcess server =
                    ServerProcess.start(folder.resolve("home"), settings).awaitReady()) {
                sendAndReceive(server, 1);

                tokens.accept("second");
                Files.writeString(token, "second\n");
                sendAndReceive(server, 2);
            }
            assertThat(house.signedIn())
                    .isNotEmpty()
                    .allMatch(line -> line.contains("XOAUTH2") && line.contains("TLS"));
        }
    }

    private static void sendAndReceive(ServerProcess server, int mails) throws IOException {
        assertThat(server.call("POST", "/api/v1/mails/test", "application/json", "{\"to\":\"" + USER + "\"}")
                        .path("verdict")
                        .asString())
                .isEqualTo("accepted");
        MailHouse.await("mail " + mails, () -> received(server) == mails);
    }

    private static int received(ServerProcess server) {
        return Unchecked.get(() -> {
            server.call("POST", "/api/v1/test/clock", "application/json", "{\"advance\":\"PT1M\"}");
            return server.call("GET", "/api/v1/inbox", "application/json", "")
                    .path("items")
                    .size();
        });
    }
}
