package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.mail.MailReason;
import dev.ronde.mail.MailState;
import dev.ronde.mail.Rendering;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.answer.Reviews;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

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
            return cancelled(MailReason.PERSON_INACTIVE);
        }
        if (notice.step() == Step.MISSED) {
            return Optional.empty();
        }
        if (notice.step() == Step.DECISION && notice.rung().startsWith(EscalationItems.APPROVAL)) {
            return review.approval().pending()
                            && EscalationItems.secondPeople(tx, reviews, calendars, review).stream()
                                    .anyMatch(able -> able.id().equals(person.id()))
                    ? Optional.empty()
                    : cancelled(MailReason.NO_SECOND_PERSON, review.ref());
        }
        ReviewState state = review.stateAt(now);
        boolean problem = notice.step() == Step.DECISION
                && notice.rung().startsWith(EscalationItems.PROBLEM)
                && review.undecided();
        if (!state.waiting() && !(problem && state == ReviewState.MISSED)) {
            return cancelled(over(state), review.ref());
        }
        boolean holds = switch (notice.step()) {
            case ASSIGNED, SOON, LAST, DUE, OVERDUE, REFUSED -> person.id().equals(review.ownerId());
            case ASKED -> person.id().equals(review.handling().delegatedTo());
            case BACKUP -> person.id().equals(assets.byId(tx, review.assetId()).backupId());
            case MANAGER -> person.id().equals(assets.byId(tx, review.assetId()).managerId());
            case LEAD, DECISION ->
                calendars.leads().stream().anyMatch(lead -> lead.id().equals(person.id()));
            case LAPSED, MISSED, RECOVERY, FOUND, ENDING, REQUESTED, BLIND, RELINK -> true;
        };
        boolean answered = notice.rung().startsWith(EscalationItems.UNASKED)
                && (review.handling().delegatedTo() == null
                        || !EscalationItems.unasked(notice, review.handling().delegatedAt()));
        if (!holds || answered) {
            return cancelled(MailReason.WITH_ANOTHER, review.ref());
        }
        if (notice.step() == Step.DECISION && !undecided(calendars, notice, review)) {
            return Optional.of(new Rendering.Gone(MailState.SUPERSEDED, MailReason.DECIDED.with(review.ref())));
        }
        boolean owner = notice.step() == Step.ASSIGNED || notice.step().repeats();
        Rung rung = new Rung(notice.rung(), notice.step(), notice.plannedAt());
        // a digest tells in the morning what would come later that day
        Instant told = rung.at().isAfter(now) ? rung.at() : now;
        if (owner && OwnerItems.paused(review, rung, calendars.times(person), told)) {
            return cancelled(MailReason.PAUSED, review.ref());
        }
        return Optional.empty();
    }

    /** Whether leads still have to decide what the notice asks; what was said anew since has a notice of its own. */
    private static boolean undecided(Calendars calendars, Notice notice, Review review) {
        if (notice.rung().startsWith(EscalationItems.PROBLEM)) {
            return asksOf(notice, review.handling().problemAt());
        }
        if (notice.rung().startsWith(EscalationItems.NOT_MINE)) {
            return asksOf(notice, review.handling().notMineAt());
        }
        if (notice.rung().startsWith(EscalationItems.TIME_ASKED)) {
            return asksOf(notice, review.handling().timeAskedAt());
        }
        return calendars.active(review.ownerId()).isEmpty();
    }

    private static boolean asksOf(Notice notice, @Nullable Instant saidAt) {
        return saidAt != null && !notice.plannedAt().isBefore(saidAt);
    }

    /** Why a review that is in this state waits for nobody. */
    private static MailReason over(ReviewState state) {
        return switch (state) {
            case ATTESTED -> MailReason.REVIEW_ATTESTED;
            case MISSED -> MailReason.REVIEW_MISSED;
            case CANCELLED -> MailReason.REVIEW_CANCELLED;
            case SCHEDULED, OPEN, ACKNOWLEDGED -> MailReason.REVIEW_SCHEDULED;
        };
    }

    private static Optional<Rendering.Gone> cancelled(MailReason reason, String... values) {
        return Optional.of(new Rendering.Gone(MailState.CANCELLED, reason.with(values)));
    }
}
