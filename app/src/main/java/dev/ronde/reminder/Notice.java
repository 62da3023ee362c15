package dev.ronde.reminder;

import dev.ronde.mail.MailState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something one person is to be told.
 *
 * @param urgent leaves at any hour in a mail of its own
 */
record Notice(Topic topic, NoticeSubject subject, Occasion occasion, UUID personId, Instant at, boolean urgent) {

    static Notice of(Step step, NoticeSubject subject, UUID personId) {
        return new Notice(step.topic(), subject, step.occasion(), personId, step.at(), false);
    }

    static Notice urgent(Step step, NoticeSubject subject, UUID personId) {
        return new Notice(step.topic(), subject, step.occasion(), personId, step.at(), true);
    }

    /** The notice again from an instant on, because the mail that told it came back. */
    Notice onceMore(Instant from) {
        return new Notice(topic, subject, occasion.onceMore(), personId, from, urgent);
    }

    NoticeRow.Key key() {
        return new NoticeRow.Key(subject.id(), occasion, personId);
    }

    NoticeRow row(UUID id, String state, @Nullable String reason, @Nullable UUID mail, Instant now) {
        boolean waits = state.equals(NoticeRow.PLANNED) || state.equals(MailState.QUEUED.word());
        return new NoticeRow(
                id,
                subject.kind(),
                subject.id(),
                subject.about(),
                occasion,
                topic,
                personId,
                at,
                state,
                reason,
                mail,
                now,
                waits ? null : now);
    }
}
