package dev.ronde.inbound.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long what arrived, and how each mail was handed over, is kept. */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
final class ForgettingTest {
    private final DatabaseKind kind;

    ForgettingTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @Test
    void whatWasRefusedKeepsItsHeadersForNinetyDaysAndTheRestIsGoneBefore() {
        try (Conversation talk = new Conversation(kind)) {
            InboundMail done = talk.answers("ok");
            InboundMail refused = talk.answers("snooze 999d");
            assertThat(refused.ruling().decision()).isEqualTo(Decision.REJECTED);
            pass(talk, 29);
            assertThat(source(talk, refused)).contains("Subject: Re:", "snooze 999d");
            pass(talk, 2);
            assertThat(source(talk, done)).isEmpty();
            assertThat(source(talk, refused)).contains("Subject: Re:").doesNotContain("snooze 999d");
            pass(talk, 58);
            assertThat(source(talk, refused)).isNotEmpty();
            pass(talk, 2);
            assertThat(source(talk, refused)).isEmpty();
            assertThat(talk.found(refused.id()).reading().line())
                    .as("what was decided is kept")
                    .isEqualTo("snooze 999d");
        }
    }

    /** How a mail was handed over is kept for half a year. */
    @Test
    void attemptsAreKeptForHalfAYear() {
        try (Conversation talk = new Conversation(kind)) {
            pass(talk, 179);
            talk.world.sql(
                    "delete from outbox_attempt where started_at > timestamp with time zone '2026-03-01 00:00:00+00'");
            assertThat(talk.world.count("outbox_attempt")).isPositive();
            pass(talk, 2);
            assertThat(talk.world.count("outbox_attempt")).isZero();
            assertThat(talk.world.count("outbox")).isPositive();
        }
    }

    /** So many days later, after the job that forgets. */
    private static void pass(Conversation talk, int days) {
        talk.world.inbox.ticks().stream()
                .filter(tick -> tick.name().equals("mail-sources"))
                .forEach(tick -> {
                    tick.run(talk.world.clock.instant());
                    talk.world.clock.advance(Duration.ofDays(days));
                    tick.run(talk.world.clock.instant());
                });
    }

    /** Empty once it is gone. */
    private static String source(Conversation talk, InboundMail mail) {
        return talk.world
                .inbox
                .inbox()
                .raw(mail.id())
                .map(raw -> new String(raw, StandardCharsets.UTF_8))
                .orElse("");
    }
}
