package dev.ronde.mail;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One attempt to hand a mail over, as it is kept. */
public record Attempt(
        UUID mailId, int n, Instant startedAt, Instant endedAt, String verdict, String phase, int code, String answer) {

    /** What an attempt leaves behind in the mail's row; only while the lease still matches. */
    public record Outcome(
            UUID id,
            UUID token,
            String state,
            @Nullable String reason,
            Instant notBefore,
            @Nullable String phase,
            @Nullable Integer code,
            @Nullable String enhanced,
            @Nullable String answer,
            @Nullable String remoteId,
            @Nullable String to,
            @Nullable String subject,
            @Nullable String text,
            @Nullable Instant sentAt) {}
}
