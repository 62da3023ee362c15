package dev.ronde.mail;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail as API and pages show it.
 *
 * @param subject the subject; kind and subject matter in words where nothing was written, as its duty was gone before
 * @param text the text part; handles in its links are masked unless mail is off and the reader is a lead
 * @param reason why it was not sent, where it was not
 */
public record MailView(
        UUID id,
        String state,
        String kind,
        String about,
        String to,
        String person,
        String subject,
        String text,
        @Nullable String reason,
        Instant createdAt,
        Instant notBefore,
        @Nullable Instant sentAt,
        int attempts,
        @Nullable String phase,
        @Nullable Integer smtpCode,
        @Nullable String enhancedCode,
        @Nullable String answer,
        String messageId,
        long version) {}
