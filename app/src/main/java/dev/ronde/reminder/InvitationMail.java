package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailContent;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailReason;
import dev.ronde.mail.MailState;
import dev.ronde.mail.MailWriter;
import dev.ronde.mail.OutboxMail;
import dev.ronde.mail.Rendering;
import dev.ronde.mail.smtp.Letter;
import dev.ronde.platform.json.Json;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Tells somebody's calendar that a review needs nothing more of them, waits again, or is due on another day. */
final class InvitationMail implements MailKind {
    static final String NAME = "invitation";

    private final Reviews reviews;
    private final People people;
    private final ReviewModels models;
    private final MailWriter writer;
    private final MailAddresses addresses;
    private final Invitations invitations;

    InvitationMail(
            Reviews reviews,
            People people,
            ReviewModels models,
            MailWriter writer,
            MailAddresses addresses,
            Invitations invitations) {
        this.reviews = reviews;
        this.people = people;
        this.models = models;
        this.writer = writer;
        this.addresses = addresses;
        this.invitations = invitations;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Rendering render(Handle tx, OutboxMail mail, Instant now) {
        Person person = people.get(tx, Objects.requireNonNull(mail.personId()));
        Review review = review(tx, mail);
        if (!person.active()) {
            return Rendering.cancelled(MailReason.PERSON_INACTIVE);
        }
        boolean expected = Invitations.expected(review, person.id(), now);
        if (expected != told(mail)) {
            return Rendering.superseded(MailReason.CHANGED_AGAIN);
        }
        Map<String, Object> model = models.of(tx, review, person, now);
        model.put("expected", expected);
        MailWriter.Parts parts = writer.write(NAME, person.language(), model);
        Optional<Letter.Enclosure> due = invitations.later(tx, review, person, model, now);
        return due.<Rendering>map(enclosure -> MailContent.to(person, parts)
                        .inThread(addresses.threadRoot(review.id(), person.id()))
                        .enclosing(enclosure))
                .orElseGet(() -> Rendering.superseded(MailReason.CALENDAR_TOLD));
    }

    @Override
    public void settled(Handle tx, OutboxMail mail, MailState state, Instant at) {
        if (state == MailState.ACCEPTED) {
            Review review = review(tx, mail);
            UUID personId = Objects.requireNonNull(mail.personId());
            invitations.toldAgain(tx, review, personId, told(mail), at);
        }
    }

    /** What this mail tells, whatever happens while it is on its way. */
    private static boolean told(OutboxMail mail) {
        return Json.tree(mail.model()).get("expected").asBoolean();
    }

    private Review review(Handle tx, OutboxMail mail) {
        return reviews.find(tx, Objects.requireNonNull(mail.subjectId())).orElseThrow();
    }
}
