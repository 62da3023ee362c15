package dev.ronde.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.platform.resource.ReaderWords;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MailReasonTest {
    private final Messages messages = new Messages(Overlay.of("templates", null));

    private String said(String stored, Locale locale) {
        return MailReason.sentence(stored, new ReaderWords(messages, locale));
    }

    @ParameterizedTest
    @EnumSource
    void isSaidInTheLanguageOfItsReader(MailReason reason) {
        String stored = reason.with("42");
        assertThat(MailReason.read(stored)).hasValueSatisfying(said -> {
            assertThat(said.reason()).isEqualTo(reason);
            assertThat(said.values()).containsExactly("42");
        });
        String english = said(stored, Locale.ENGLISH);
        assertThat(english).doesNotContain("=", "{");
        assertThat(said(stored, Locale.FRENCH)).doesNotContain("=", "{").isNotEqualTo(english);
    }

    @Test
    void whatAServerSaidStaysAsItWasSaid() {
        for (String said : new String[] {"550 5.1.1 no such user", "=mystery|1", "=", "more than 3 words"}) {
            assertThat(said(said, Locale.FRENCH)).isEqualTo(said);
        }
        assertThat(said(null, Locale.FRENCH)).isNull();
        assertThat(said(MailReason.UNREADABLE.with("a|b"), Locale.ENGLISH)).isEqualTo("it cannot be rendered: a/b");
        assertThat(MailReason.UNREADABLE.with("x".repeat(2_000))).hasSizeLessThanOrEqualTo(500);
    }

    @Test
    void noKeyOfARungIsShown() {
        assertThat(said(MailReason.TOLD_BY.with("overdue-2026-03-05"), Locale.ENGLISH))
                .isEqualTo("a later reminder of the same tells it");
    }

    @Test
    void theBrakeKeepsItsNumber() {
        assertThat(Brake.limit(MailReason.BRAKE.with("200"))).isEqualTo(200);
        for (String other : new String[] {null, "more than 200 mails in one hour", "=expired", "421 go away"}) {
            assertThat(Brake.limit(other)).isZero();
        }
    }
}
