package dev.ronde.inbound.inbox;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a message was understood; all absent before that.
 *
 * @param sort word of a {@code MailSort}
 * @param verdict word of an {@code AuthVerdict}
 */
public record Reading(
        @Nullable String sort,
        @Nullable String sortRule,
        @Nullable String fromAddress,
        @Nullable String subject,
        @Nullable String verdict,
        @Nullable String verdictDetail,
        @Nullable String matchedBy,
        @Nullable Long grantId,
        @Nullable UUID subjectId,
        @Nullable UUID personId,
        @Nullable UUID senderId,
        @Nullable String verb,
        @Nullable String args,
        @Nullable String line,
        @Nullable String commentText) {}
