package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Case 74 for every kind of mail: whatever people and assets are called, a name stays a name. */
final class HostileNamesTest {
    @Test
    void noNameBecomesAHeaderOrMarkupInAnyMail() {
        Map<String, ReceivedMail> all = MailSamples.ofHostileNames().all();
        assertThat(all).hasSizeGreaterThan(15);
        all.forEach((kind, mail) -> {
            String headers = mail.raw().split("\r?\n\r?\n", 2)[0];
            assertThat(headers).as(kind).doesNotContainIgnoringCase("\nBcc:");
            assertThat(headers.lines().filter(line -> line.startsWith("Subject:")))
                    .as(kind)
                    .hasSize(1);
            assertThat(mail.to().replaceAll("(?s)\"[^\"]*\"", "")).as(kind).doesNotContain("evil");
            assertThat(mail.subject()).as(kind).doesNotContain("\n").doesNotContain("\u202e");
            assertThat(mail.text()).as(kind).doesNotContain("\u202e").doesNotContain("\nBcc:");
            assertThat(mail.html())
                    .as(kind)
                    .doesNotContain("<img src=x")
                    .doesNotContain("<b>=cmd")
                    .doesNotContain("\u202e");
        });
        assertThat(all.values()).anyMatch(mail -> mail.html().contains("&lt;img src=x onerror"));
    }
}
