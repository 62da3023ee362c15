package dev.ronde.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.verify.EvidenceVerify;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.ScriptedSmtp;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The daily checkpoint mail and the file beside it, from the ledger through a mail server to an auditor who verifies with them. */
class CheckpointMailTest {
    @TempDir
    Path folder;

    @Test
    void theMailIsWholeAndAnAuditorVerifiesWithIt() throws Exception {
        verifies("en", "Ledger checkpoint %d %s", """
                The head of the evidence ledger as of Tuesday 3 March 2026, 05:10 (UTC).
                %d records are new since the last checkpoint mail.

                %s

                Verifier key, the same every day:
                %s

                Keep this mail. Whoever runs Ronde cannot change it: an export that verifies against this checkpoint was not rewritten since.

                --
                You get this mail every day because your address stands in RONDE_AUDITORS.
                %s · 2026-03-03
                """);
    }

    private void verifies(String language, String subject, String text) throws Exception {
        TestClock clock = new TestClock();
        try (ScriptedSmtp smtp = new ScriptedSmtp();
                TestApp app = TestApp.start(
                        clock,
                        Map.of(
                                Setting.SMTP_HOST, "127.0.0.1",
                                Setting.SMTP_PORT, String.valueOf(smtp.port()),
                                Setting.SMTP_TLS, "none",
                                Setting.MAIL_FROM, "ronde@example.org",
                                Setting.LOCALE, language,
                                Setting.AUDITORS, "auditor@example.com,second@example.com"))) {
            app.settle();
            app.post("/api/v1/people", Map.of("email", "ada@example.org", "name", "Ada"));
            clock.set(Instant.parse("2026-03-03T05:10:00Z"));
            app.settle();
            assertThat(smtp.taken()).hasSize(2);
            MimeMessage mail = parsed(smtp.taken().get(0));
            String body = text(mail);
            JsonNode sent =
                    app.get("/api/v1/evidence/records?type=anchor.sent").json().at("/items/0/record/data");
            long size = sent.path("treeSize").asLong(0);
            assertThat(sent.path("recipients").asInt(0)).isEqualTo(2);
            String note = body.substring(body.indexOf("\n\n") + 2)
                    .split("\n\nVerifier|\n\nClé")[0]
                    .strip();
            String vkey = app.get("/api/v1/ledger/checkpoint").text("/vkey");
            String root = java.util.HexFormat.of()
                    .formatHex(java.util.Base64.getDecoder().decode(note.split("\n")[2]))
                    .substring(0, 16);
            assertThat(mail.getSubject()).isEqualTo(subject.formatted(size, root));
            assertThat(body.strip())
                    .isEqualTo(text.formatted(size, note, vkey, root).strip());

            Path sink = Files.copy(app.home().resolve("checkpoints.txt"), folder.resolve("checkpoints.txt"));
            assertThat(Files.readAllLines(sink)).isNotEmpty();
            app.post("/api/v1/people", Map.of("email", "bob@example.org", "name", "Bob"));
            clock.advance(Duration.ofHours(2));
            app.post("/api/v1/evidence/exports", Map.of("from", "2026-03-01", "to", "2026-03-31"));
            app.settle();
            Path zip = app.home()
                    .resolve("exports")
                    .resolve(app.get("/api/v1/evidence/exports").text("/items/0/file_name"));
            Path kept = Files.writeString(folder.resolve("mail.txt"), body);
            EvidenceVerify.Result result =
                    EvidenceVerify.verify(new EvidenceVerify.Request(zip, vkey, List.of(kept, sink), false));
            assertThat(result.exitCode()).as(String.join("\n", result.lines())).isZero();

            Path other = Files.writeString(folder.resolve("none.txt"), "no checkpoint in here\n");
            assertThat(EvidenceVerify.verify(new EvidenceVerify.Request(zip, vkey, List.of(other), false))
                            .exitCode())
                    .isEqualTo(1);
        }
    }

    private static MimeMessage parsed(String raw) throws Exception {
        return new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(Part part) throws Exception {
        if (part.isMimeType("text/plain")) {
            return String.valueOf(part.getContent()).replace("\r\n", "\n");
        }
        Multipart parts = (Multipart) part.getContent();
        return text(parts.getBodyPart(0));
    }
}
