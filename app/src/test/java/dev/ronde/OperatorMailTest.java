package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.config.Setting;
import dev.ronde.testing.ScriptedSmtp;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of an address a server refuses, and mails in words of their own. */
final class OperatorMailTest {
    @AutoClose
    private final ScriptedSmtp smtp = new ScriptedSmtp();

    private final TestClock clock = TestClock.at("2026-02-27T10:00:00Z");

    @TempDir
    Path folder;

    private TestApp start() {
        Map<Setting, String> settings = new HashMap<>(Map.of(
                Setting.SMTP_HOST, "127.0.0.1",
                Setting.SMTP_PORT, String.valueOf(smtp.port()),
                Setting.SMTP_TLS, "none",
                Setting.MAIL_FROM, "ronde@ronde.test",
                Setting.TEMPLATES, folder.toString()));
        return TestApp.start(clock, settings);
    }

    @Test
    void anAddressThatIsRefusedAtOnceIsSeenOnThePageAndInTheMetrics() {
        try (TestApp app = start()) {
            smtp.answering("RCPT", "550 5.1.1 no such user here");
            Map<String, String> csv = app.operator("Content-Type", "text/csv");
            app.call(
                    "POST",
                    "/api/v1/assets/import",
                    "ref,name,kind,owner_email\nfw-1,Front,service.redis,ghost@corp.example\n",
                    csv);
            Map<String, String> yaml = new HashMap<>(csv);
            yaml.put("Content-Type", "application/yaml");
            app.call("POST", "/api/v1/plans?announce=true", """
                    id: quarterly
                    title: Quarterly review
                    scope: {kinds: [service.redis]}
                    cadence: {every: P3M, anchor: 2026-03-12}
                    lead_time: P14D
                    """, yaml);
            app.settle();
            clock.advance(Duration.ofMinutes(5));
            app.settle();
            assertThat(app.get("/metrics").body())
                    .contains("ronde_mail_addresses{state=\"suspect\"} 1.0")
                    .contains("ronde_mail_addresses{state=\"unreachable\"} 0.0")
                    .contains("ronde_mail_open 1.0");
            assertThat(app.get("/mails").body()).contains("a mail came back").contains("550 5.1.1 no such user here");
        }
    }

    @Test
    void aFileUnderRondeTemplatesTakesThePlaceOfOurs() throws Exception {
        Path own = Files.createDirectories(folder.resolve("mail/test"));
        Files.writeString(own.resolve("subject.txt.peb"), "Greetings from the night watch");
        Files.writeString(own.resolve("body.txt.peb"), "Our own words.\n");
        try (TestApp app = start()) {
            app.post("/api/v1/mails/test", Map.of("to", "op@corp.example")).is(200);
            List<String> taken = smtp.taken();
            assertThat(taken).hasSize(1);
            assertThat(taken.get(0))
                    .contains("Subject: Greetings from the night watch")
                    .contains("Our own words.")
                    .contains("text/html");
        }
    }
}
