package dev.ronde.mail;

import dev.ronde.mail.handle.Grant;
import dev.ronde.mail.handle.Grants;
import dev.ronde.mail.handle.HandlePurpose;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The addresses answers go to: one for each subject and person, the same in every mail. */
public final class ReplyAddresses {
    private static final Duration ANSWERABLE = Duration.ofDays(120);

    private final MailAddresses addresses;
    private final Grants grants;

    public ReplyAddresses(MailAddresses addresses, Grants grants) {
        this.addresses = addresses;
        this.grants = grants;
    }

    /** The grant an answer uses; none where answers are off. */
    Optional<Grant> grant(Handle tx, UUID subjectId, UUID personId, Instant now) {
        return addresses.answerable()
                ? Optional.of(grants.ensure(tx, HandlePurpose.REPLY, subjectId, personId, now.plus(ANSWERABLE)))
                : Optional.empty();
    }

    /** Where the person answers about the subject: an address with their handle, or the sender's where answers are off. */
    public String of(Handle tx, UUID subjectId, UUID personId, Instant now) {
        return grant(tx, subjectId, personId, now)
                .map(grant -> addresses.carrying(grants.handle(grant)))
                .orElse(addresses.from());
    }
}
