package dev.ronde.mail;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail to be written into the outbox.
 *
 * @param dedupeKey one mail per key, ever: what it is about, for whom, and which time
 * @param kind the name of the {@link MailKind} that will say what it says
 * @param about what it is about in the words of people, such as {@code REV-1042}
 * @param personId to whom; absent only for mails to a bare address
 * @param validUntil when it no longer makes sense; absent: five days after it may leave
 */
public record NewMail(
        String dedupeKey,
        String kind,
        MailClass mailClass,
        @Nullable UUID subjectId,
        String about,
        @Nullable UUID personId,
        @Nullable String toAddress,
        Object model,
        Instant notBefore,
        @Nullable Instant validUntil) {

    public NewMail {
        if (dedupeKey.isBlank() || dedupeKey.length() > 200) {
            throw new IllegalArgumentException("A dedupe key has 1 to 200 characters, not " + dedupeKey.length());
        }
        if ((personId == null) == (toAddress == null)) {
            throw new IllegalArgumentException("A mail goes to a person or to an address");
        }
    }

    public static NewMail toPerson(
            String dedupeKey,
            String kind,
            MailClass mailClass,
            UUID subjectId,
            String about,
            UUID personId,
            Object model,
            Instant notBefore) {
        return new NewMail(dedupeKey, kind, mailClass, subjectId, about, personId, null, model, notBefore, null);
    }

    public static NewMail toAddress(
            String dedupeKey,
            String kind,
            MailClass mailClass,
            String about,
            String address,
            Object model,
            Instant notBefore) {
        return new NewMail(dedupeKey, kind, mailClass, null, about, null, address, model, notBefore, null);
    }

    public NewMail until(@Nullable Instant end) {
        return new NewMail(dedupeKey, kind, mailClass, subjectId, about, personId, toAddress, model, notBefore, end);
    }
}
