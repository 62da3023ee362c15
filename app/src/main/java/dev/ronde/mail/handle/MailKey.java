package dev.ronde.mail.handle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key of the mailed links, as the database knows it; its secret is in the key file.
 *
 * @param kid its number, from 1
 * @param disabledAt when its links were killed; absent while they open
 * @param links how many links it signed that still open something
 */
public record MailKey(
        int kid,
        Instant createdAt,
        @Nullable Instant disabledAt,
        @Nullable String disabledReason,
        int links) {}
