package dev.ronde.reminder;

import dev.ronde.mail.MailState;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.mapper.Nested;
import org.jspecify.annotations.Nullable;

/**
 * A notice that is planned, queued or settled, with what became of it.
 *
 * @param subjectKind as in {@link NoticeSubject}
 * @param state {@code planned}, or a mail's state
 * @param reason why it did not go out, where it did not
 * @param outboxId the mail that tells it; several notices may share one
 */
public record NoticeRow(
        UUID id,
        String subjectKind,
        UUID subjectId,
        String about,
        @Nested Occasion occasion,
        Topic topic,
        UUID personId,
        Instant plannedAt,
        String state,
        @Nullable String reason,
        @Nullable UUID outboxId,
        Instant createdAt,
        @Nullable Instant settledAt) {

    static final String PLANNED = "planned";

    public record Key(UUID subjectId, Occasion occasion, UUID personId) {}

    Key key() {
        return new Key(subjectId, occasion, personId);
    }

    /** The key of the wanted notice, also if this is its second time. */
    Key wantedAs() {
        return new Key(subjectId, new Occasion(occasion.word(), false), personId);
    }

    boolean planned() {
        return state.equals(PLANNED);
    }

    /** True if its mail was refused, or accepted and then bounced. */
    boolean cameBack() {
        return state.equals(MailState.BOUNCED.word()) || state.equals(MailState.REFUSED.word());
    }
}
