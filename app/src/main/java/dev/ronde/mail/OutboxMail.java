package dev.ronde.mail;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the outbox.
 *
 * @param about what it is about in the words of people
 * @param model JSON for its {@link MailKind}
 * @param messageId with angle brackets; the same however often it is sent
 * @param subject as sent; absent before
 * @param bodyText the text part as sent, with the handles of links masked; absent before
 */
public record OutboxMail(
        UUID id,
        String dedupeKey,
        String kind,
        MailClass mailClass,
        @Nullable UUID subjectId,
        String about,
        @Nullable UUID personId,
        @Nullable String toAddress,
        String model,
        String messageId,
        MailState state,
        @Nullable String reason,
        Instant notBefore,
        @Nullable Instant validUntil,
        int attempts,
        int resends,
        @Nullable UUID leaseToken,
        @Nullable String subject,
        @Nullable String bodyText,
        @Nullable String phase,
        @Nullable Integer smtpCode,
        @Nullable String enhancedCode,
        @Nullable String answer,
        @Nullable String remoteId,
        Instant createdAt,
        @Nullable Instant sentAt,
        long version) {

    OutboxMail sending(UUID token) {
        return new OutboxMail(
                id,
                dedupeKey,
                kind,
                mailClass,
                subjectId,
                about,
                personId,
                toAddress,
                model,
                messageId,
                MailState.SENDING,
                reason,
                notBefore,
                validUntil,
                attempts + 1,
                state == MailState.UNCERTAIN ? resends + 1 : resends,
                token,
                subject,
                bodyText,
                phase,
                smtpCode,
                enhancedCode,
                answer,
                remoteId,
                createdAt,
                sentAt,
                version + 1);
    }
}
