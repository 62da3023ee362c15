package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.mail.MailKind;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.testing.DatabaseKind;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A mail that is gone before it is written is shown by what it is: every kind has words for that. */
final class MailKindWordsTest {
    @Test
    void everyKindHasAName() {
        Messages messages = new Messages(Overlay.of("templates", null));
        try (MailWorld world = new MailWorld(DatabaseKind.H2)) {
            List<String> keys = world.kinds.stream()
                    .map(MailKind::name)
                    .map(name -> "mail.kind." + name)
                    .toList();
            assertThat(keys).contains("mail.kind.request", "mail.kind.checkpoint", "mail.kind.answer");
            for (Locale locale : Messages.LANGUAGES) {
                assertThat(messages.keys(locale)).containsAll(keys);
            }
        }
    }
}
