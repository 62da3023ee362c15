package dev.ronde.inbound.inbox;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a message was understood; all absent before that.
 *
 * @param sort word of a {@code MailSort}
 * @param sortRule why it is of that sort
 * @param verdict word of an {@code AuthVerdict}
 * @param matchedBy where the mail it answers was named
 * @param subjectId the review, or the digest, it answers
 * @param personId to whom the mail it answers was sent
 * @param senderId who wrote it, where the address is somebody's
 * @param verb what it asks for
 * @param args the address, day or items of the verb
 * @param line the line that was read
 * @param commentText the rest, in the words of whoever wrote
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
