package dev.ronde.inbound.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a message came in.
 *
 * @param mailbox the folder it was fetched from, or {@code pipe}
 * @param uidValidity of the folder, absent for a pipe
 * @param uid in the folder, absent for a pipe
 * @param messageId with angle brackets
 */
public record Arrival(
        String mailbox,
        @Nullable Long uidValidity,
        @Nullable Long uid,
        String messageId,
        String rawSha256,
        String letterSha256,
        long sizeBytes,
        boolean headersOnly,
        Instant receivedAt) {
    /** The mailbox of messages that a mail server hands over on stdin. */
    public static final String PIPE = "pipe";

    Arrival withoutPlace() {
        return new Arrival(mailbox, null, null, messageId, rawSha256, letterSha256, sizeBytes, headersOnly, receivedAt);
    }
}
