package dev.ronde.inbound.imap;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a mailbox was read.
 *
 * @param uidValidity of the folder when it was read; another one means that every UID is new (RFC 3501 2.3.1.1)
 * @param error why the last poll failed; absent where it did not
 */
public record MailboxMark(
        String name,
        long uidValidity,
        long lastUid,
        @Nullable Instant polledAt,
        @Nullable String error) {}
