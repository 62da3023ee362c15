package dev.ronde.inbound.answer;

import dev.ronde.inbound.inbox.InboundFile;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as the API and the pages show it.
 *
 * @param person address of whom the mail it answers was sent to
 * @param from address it came from, unverified unless the verdict is a pass
 * @param sender the same where it is on file and the verdict is not a failure
 * @param files that came with it; only of a message that is asked for by its id
 */
public record InboxView(
        UUID id,
        Instant receivedAt,
        String mailbox,
        long size,
        String messageId,
        String state,
        @Nullable String error,
        @Nullable String from,
        @Nullable String subject,
        @Nullable String sort,
        @Nullable String sortRule,
        @Nullable String verdict,
        @Nullable String matchedBy,
        @Nullable String person,
        @Nullable String sender,
        @Nullable String verb,
        @Nullable String args,
        @Nullable String line,
        @Nullable String comment,
        @Nullable String decision,
        @Nullable String rule,
        @Nullable String reason,
        @Nullable String review,
        @Nullable Instant decidedAt,
        @Nullable List<File> files) {

    /** A file and what became of it. */
    public record File(
            String name,
            String type,
            long size,
            String sha256,
            String fate,
            @Nullable String reason) {
        static File of(InboundFile file) {
            return new File(file.name(), file.foundType(), file.sizeBytes(), file.sha256(), file.fate(), file.reason());
        }
    }
}
