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
import java.util.List;
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

    /** Why the notice must not be told any more; empty if it still holds. */
    Optional<Rendering.Gone> gone(
            Handle tx, Calendars calendars, Notice notice, Review review, Person person, Instant now) {
        if (!person.active()) {
            return cancelled(MailReason.PERSON_INACTIVE);
        }
        Topic topic = notice.topic();
        if (topic == Topic.APPROVAL) {
            return review.approval().pending() && holds(tx, calendars, topic, review, person)
                    ? Optional.empty()
                    : cancelled(MailReason.NO_SECOND_PERSON, review.ref());
        }
        ReviewState state = review.stateAt(now);
        boolean problem = topic == Topic.PROBLEM && review.undecided();
        if (!state.waiting() && !(problem && state == ReviewState.MISSED)) {
            return cancelled(over(state), review.ref());
        }
        boolean answered = topic == Topic.UNASKED
                && (review.handling().delegatedTo() == null
                        || !EscalationItems.unasked(notice, review.handling().delegatedAt()));
        if (answered || !holds(tx, calendars, topic, review, person)) {
            return cancelled(MailReason.WITH_ANOTHER, review.ref());
        }
        if (topic.decides() && !undecided(calendars, notice, review)) {
            return Optional.of(new Rendering.Gone(MailState.SUPERSEDED, MailReason.DECIDED.with(review.ref())));
        }
        boolean owner = topic.asksOwner();
        Rung rung = new Rung(notice.rung(), notice.topic(), notice.plannedAt());
        if (owner && OwnerItems.paused(review, rung, calendars.times(person), now)) {
            return cancelled(MailReason.PAUSED, review.ref());
        }
        return Optional.empty();
    }

    private boolean holds(Handle tx, Calendars calendars, Topic topic, Review review, Person person) {
        return switch (topic.whom()) {
            case HOLDER -> person.id().equals(review.ownerId());
            case ASKED -> person.id().equals(review.handling().delegatedTo());
            case BACKUP -> person.id().equals(assets.byId(tx, review.assetId()).backupId());
            case MANAGER -> person.id().equals(assets.byId(tx, review.assetId()).managerId());
            case LEADS -> among(calendars.leads(), person);
            case BACKUP_OR_LEADS ->
                person.id().equals(assets.byId(tx, review.assetId()).backupId()) || among(calendars.leads(), person);
            case SIGNERS -> among(EscalationItems.secondPeople(tx, reviews, calendars, review), person);
            case ANYBODY -> true;
        };
    }

    private static boolean among(List<Person> people, Person person) {
        return people.stream().anyMatch(one -> one.id().equals(person.id()));
    }

    /** A newer request has a notice of its own. */
    private static boolean undecided(Calendars calendars, Notice notice, Review review) {
        return switch (notice.topic()) {
            case PROBLEM -> asksOf(notice, review.handling().problemAt());
            case NOT_MINE -> asksOf(notice, review.handling().notMineAt());
            case TIME_ASKED -> asksOf(notice, review.handling().timeAskedAt());
            default -> calendars.active(review.ownerId()).isEmpty();
        };
    }

    private static boolean asksOf(Notice notice, @Nullable Instant saidAt) {
        return saidAt != null && !notice.plannedAt().isBefore(saidAt);
    }

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
