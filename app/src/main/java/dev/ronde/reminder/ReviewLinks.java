package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.handle.Grant;
import dev.ronde.mail.handle.Grants;
import dev.ronde.mail.handle.HandlePurpose;
import dev.ronde.review.Review;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The personal link of a review: one per review and person, the same in every mail. */
public record ReviewLinks(Grants grants, MailAddresses addresses) {
    private static final int AFTER_DUE = 60;
    private static final int AT_LEAST = 90;

    /** A link and the instant at which it stops working. */
    public record Link(String url, Instant until) {}

    boolean answerable() {
        return addresses.answerable();
    }

    public String list(Handle tx, UUID mailId, UUID personId, Instant now) {
        return link(tx, HandlePurpose.DIGEST, mailId, personId, now);
    }

    String mute(Handle tx, UUID personId, Instant now) {
        return link(tx, HandlePurpose.MUTE, personId, personId, now);
    }

    private String link(Handle tx, HandlePurpose purpose, UUID subject, UUID personId, Instant now) {
        return addresses.link(
                purpose,
                grants.handle(grants.ensure(tx, purpose, subject, personId, now.plus(Duration.ofDays(AT_LEAST)))));
    }

    /** The id that starts the mail conversation with this person about the review. */
    String thread(Review review, Person person) {
        return addresses.threadRoot(review.id(), person.id());
    }

    String page(Review review) {
        return addresses.base() + "/reviews/" + review.ref();
    }

    /** The person's link to the review; made, or prolonged, to the end of the day 60 days after the due date or 90 days from its making, in their zone. */
    public Link of(Handle tx, Review review, Person person, Instant now) {
        UUID personId = person.id();
        ZoneId zone = person.zone();
        Instant afterDue = LocalTimes.endOf(review.dates().dueOn().plusDays(AFTER_DUE), zone);
        Instant atLeast = LocalTimes.endOf(LocalTimes.dayOf(now, zone).plusDays(AT_LEAST), zone);
        Grant grant = grants.ensure(
                tx,
                HandlePurpose.LINK,
                review.id(),
                personId,
                afterDue,
                afterDue.isAfter(atLeast) ? afterDue : atLeast);
        Instant until = grant.expiresAt().isBefore(afterDue) ? afterDue : grant.expiresAt();
        return new Link(addresses.link(HandlePurpose.LINK, grants.handle(grant)), until);
    }
}
