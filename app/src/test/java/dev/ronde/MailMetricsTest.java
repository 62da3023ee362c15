package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An operator sees from outside that messages come in, what becomes of them, and what doctor says about the mailbox. */
final class MailMetricsTest {
    @Test
    void messagesAreCountedByWhatWasDecidedAndTheirFilesToldByTheApi() {
        try (TestApp app = TestApp.start(
                new TestClock(), Map.of(Setting.MAIL_REPLY, "plus", Setting.MAIL_FROM, "ronde@example.org"))) {
            Map<String, String> headers = app.operator("Content-Type", "message/rfc822");
            String raw = "From: somebody@example.org\r\nSubject: hello\r\n\r\nhello\r\n";
            app.call("POST", "/api/v1/inbox", raw, headers).is(201);
            app.call("POST", "/api/v1/inbox", raw, headers).is(200);
            String metrics = app.get("/metrics").body();
            assertThat(metrics)
                    .contains("ronde_inbox_messages{decision=\"unmatched\"} 1.0")
                    .contains("ronde_inbox_waiting 0.0")
                    .contains("ronde_mail_open 1.0")
                    .contains("ronde_outbox_mails{state=\"queued\"}")
                    .contains("ronde_outbox_undelivered{state=\"refused\"} 0.0")
                    .contains("ronde_outbox_undelivered{state=\"bounced\"} 0.0")
                    .contains("ronde_outbox_undelivered{state=\"expired\"} 0.0");
            assertThat(app.get("/api/v1/doctor").body()).contains("RONDE_AUTHSERV_ID is not set");
            String files =
                    "From: somebody@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhello\r\n"
                            + "--b\r\nContent-Disposition: attachment; filename=rules.txt\r\n\r\nallow\r\n--b--\r\n";
            assertThat(app.call("POST", "/api/v1/inbox", files, headers).body())
                    .contains(
                            "\"files\":[{\"name\":\"rules.txt\"",
                            "\"size\":5",
                            "\"fate\":\"refused\"",
                            "\"unverified\"");
        }
    }
}
