package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.asset.Assets;
import dev.ronde.mail.MailState;
import dev.ronde.mail.Rendering;
import dev.ronde.review.Review;
import dev.ronde.review.Reviews;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Whether what a notice tells still holds at the moment its mail leaves. */
final class Duties {
    private final Reviews reviews;
    private final Assets assets;

    Duties(Reviews reviews, Assets assets) {
        this.reviews = reviews;
        this.assets = assets;
    }

    Reviews reviews() {
        return reviews;
    }

    /** Why the notice must not be told any more; empty where it still holds. */
    Optional<Rendering.Gone> gone(
            Handle tx, Calendars calendars, Notice notice, Review review, Person person, Instant now) {
        if (!person.active()) {
            return cancelled("the person is no longer active");
        }
        if (notice.step() == Step.MISSED) {
            return Optional.empty();
        }
        if (notice.step() == Step.DECISION && notice.rung().startsWith(EscalationItems.APPROVAL)) {
            return review.approval().pending() && !reviews.hadPart(tx, review, person.actorRef())
                    ? Optional.empty()
                    : cancelled(review.ref() + " does not wait for this second person");
        }
        if (!review.stateAt(now).waiting()) {
            return cancelled(review.ref() + " is " + review.stateAt(now).word());
        }
        boolean holds = switch (notice.step()) {
            case ASSIGNED, SOON, LAST, DUE, OVERDUE, REFUSED -> person.id().equals(review.ownerId());
            case ASKED -> person.id().equals(review.handling().delegatedTo());
            case BACKUP -> person.id().equals(assets.byId(tx, review.assetId()).backupId());
            case MANAGER -> person.id().equals(assets.byId(tx, review.assetId()).managerId());
            case LEAD, DECISION ->
                calendars.leads().stream().anyMatch(lead -> lead.id().equals(person.id()));
            case LAPSED, MISSED, RECOVERY, FOUND, ENDING, BLIND, RELINK -> true;
        };
        if (!holds) {
            return cancelled(review.ref() + " is with somebody else now");
        }
        boolean owner = notice.step() == Step.ASSIGNED || notice.step().repeats();
        Rung rung = new Rung(notice.rung(), notice.step(), notice.plannedAt());
        if (owner && OwnerItems.paused(review, rung, calendars.times(person), now)) {
            return cancelled(review.ref() + " was acknowledged or its reminders are paused");
        }
        return Optional.empty();
    }

    private static Optional<Rendering.Gone> cancelled(String reason) {
        return Optional.of(new Rendering.Gone(MailState.CANCELLED, reason));
    }
}
