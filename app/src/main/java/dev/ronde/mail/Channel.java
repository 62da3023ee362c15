package dev.ronde.mail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The one way out to the mail server.
 *
 * @param state {@code open}, {@code paused} (the server refuses us; tried again at {@code retryAt}) or {@code held} (the
 *     brake stopped new mails until a lead decides)
 * @param quietUntil until when only what is queued since a lead's decision counts, an hour after it
 * @param letThrough how many mails that decision brings, which do not count either
 */
record Channel(
        String state,
        @Nullable String reason,
        @Nullable Instant sinceAt,
        @Nullable Instant retryAt,
        @Nullable Instant quietUntil,
        int letThrough,
        int failures,
        long version) {

    boolean held() {
        return state.equals("held");
    }

    boolean paused() {
        return state.equals("paused");
    }
}
