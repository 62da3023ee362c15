package dev.ronde.reminder;

import dev.ronde.mail.MailState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing one person is, was or was not told.
 *
 * @param subjectKind {@code review}, {@code finding}, {@code waiver}, {@code request} or {@code check}
 * @param about the ref people know it by
 * @param state {@code planned}, or a mail's state
 * @param reason why it did not go out, where it did not
 * @param outboxId the mail that tells it; several notices may share one
 */
public record Notice(
        UUID id,
        String subjectKind,
        UUID subjectId,
        String about,
        String rung,
        Topic topic,
        UUID personId,
        Instant plannedAt,
        String state,
        @Nullable String reason,
        @Nullable UUID outboxId,
        Instant createdAt,
        @Nullable Instant settledAt) {

    static final String REVIEW = "review";
    static final String FINDING = "finding";
    static final String WAIVER = "waiver";

    /** A waiver that waits for a decision; {@link #WAIVER} is one that ends. */
    static final String REQUEST = "request";

    static final String CHECK = "check";
    static final String PLANNED = "planned";

    boolean open() {
        return state.equals(PLANNED);
    }

    /** Same as {@link Item#key()}. */
    String key() {
        return subjectId + "|" + rung + "|" + personId;
    }

    /** True if a mail told it, or a later mail took its place. */
    boolean told() {
        return state.equals(MailState.ACCEPTED.word()) || state.equals(MailState.SUPERSEDED.word());
    }

    /** True if its mail was refused, or accepted and then bounced. */
    boolean cameBack() {
        return state.equals(MailState.BOUNCED.word()) || state.equals(MailState.REFUSED.word());
    }
}
