package dev.ronde.review.answer;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewEventDao;
import dev.ronde.review.ReviewState;
import dev.ronde.review.ReviewSteps;
import java.time.LocalDate;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What whoever has a review says of it short of attesting it: that it came, that something is wrong, that somebody else should do it, or later. */
final class Holding {

    private static final int SNOOZE_DAYS = 30;
    private static final int SNOOZES = 3;
    private static final int QUESTIONS = 3;

    /** For so many days after the due date whoever has an overdue review may still pause its reminders. */
    private static final int OVERDUE_DAYS = 7;

    private static final int DELEGATIONS = 3;

    private static final String TIME_ASKED = "time-asked";

    private final ReviewSteps steps;
    private final People people;

    Holding(ReviewSteps steps, People people) {
        this.steps = steps;
        this.people = people;
    }

    Review acknowledge(Handle tx, Review review, Actor by, Channel channel) {
        if (steps.requireWaiting(review) == ReviewState.ACKNOWLEDGED) {
            return review;
        }
        return steps.change(
                tx,
                review,
                "acknowledged",
                by,
                channel,
                null,
                evidence -> evidence,
                dao -> dao.acknowledge(review.id(), review.version(), steps.now()));
    }

    Review problem(Handle tx, Review review, @Nullable String text, Actor by, Channel channel) {
        steps.requireWaiting(review);
        String said = ReviewSteps.required("/text", text, "Say in a few words what is wrong.");
        return steps.change(
                tx,
                review,
                "problem",
                by,
                channel,
                said,
                evidence -> evidence.priv("text", said),
                dao -> dao.reportProblem(review.id(), review.version(), steps.now(), said));
    }

    Review delegate(Handle tx, Review review, @Nullable String to, Actor by, Channel channel) {
        steps.requireWaiting(review);
        Person person = people.findByEmail(
                        tx, ReviewSteps.required("/to", to, "Name the mail address of the person who should do it."))
                .filter(found -> people.here(tx, found))
                .orElseThrow(Holding::unknownPerson);
        boolean asked = person.actorRef().equals(by.ref())
                && person.id().equals(review.handling().delegatedTo());
        if (person.id().equals(review.ownerId()) || asked) {
            throw Problem.invalid("/to", "to_self", "The review is already with this person. Name somebody else.");
        }
        if (review.handling().delegations() >= DELEGATIONS) {
            throw Problem.invalid(
                    "/to",
                    "chain_too_long",
                    "It was passed on three times already. Ask the compliance lead to assign it.");
        }
        return steps.give(
                tx,
                review,
                "delegated",
                by,
                channel,
                person,
                dao -> dao.delegate(review.id(), review.version(), person.id(), steps.now()));
    }

    Review acceptDelegation(Handle tx, Review review, UUID personId, Actor by, Channel channel) {
        steps.requireWaiting(review);
        if (!personId.equals(review.handling().delegatedTo())) {
            throw Problem.conflict("not_delegated", review.ref() + " was not passed on to this person.");
        }
        return steps.change(
                tx,
                review,
                "delegation-accepted",
                by,
                channel,
                null,
                evidence -> evidence,
                dao -> dao.assign(review.id(), review.version(), personId, 1, steps.now()));
    }

    Review notMine(Handle tx, Review review, UUID personId, @Nullable String note, Actor by, Channel channel) {
        steps.requireWaiting(review);
        boolean asked = review.askedToTakeOver(personId);
        String said = ReviewSteps.limited("/note", note);
        return steps.change(
                tx,
                review,
                asked ? "delegation-ended" : "not-mine",
                by,
                channel,
                said,
                evidence -> evidence.data("refused", asked ? true : null).priv("note", said),
                dao -> asked
                        ? dao.endDelegation(review.id(), review.version(), steps.now())
                        : dao.notMine(review.id(), review.version(), steps.now()));
    }

    /** @param lead whether who asks leads, and so pauses reminders beyond the due date as well */
    Review snooze(Handle tx, Review review, @Nullable LocalDate until, boolean lead, Actor by, Channel channel) {
        steps.requireWaiting(review);
        LocalDate today = review.dates().dayOf(steps.now());
        if (until == null || !until.isAfter(today) || until.isAfter(today.plusDays(SNOOZE_DAYS))) {
            throw Problem.invalid(
                    "/until",
                    until == null ? "required" : "bad_value",
                    "Give a date from " + today.plusDays(1) + " to " + today.plusDays(SNOOZE_DAYS) + ".");
        }
        if (until.isAfter(lastPause(review, today)) && !lead) {
            return askTime(tx, review, until, by, channel);
        }
        if (review.handling().snoozes() >= SNOOZES) {
            throw Problem.invalid("/until", "too_often", "Reminders were paused three times already; no more pauses.");
        }
        return steps.change(
                tx,
                review,
                "snoozed",
                by,
                channel,
                until.toString(),
                evidence -> evidence.data("until", until),
                dao -> dao.snooze(review.id(), review.version(), until, steps.now()));
    }

    /** The last day up to which whoever has the review pauses its reminders; later ones ask for more time. */
    private static LocalDate lastPause(Review review, LocalDate today) {
        LocalDate dueOn = review.dates().dueOn();
        return today.isAfter(dueOn) ? dueOn.plusDays(OVERDUE_DAYS) : dueOn;
    }

    /** Only a lead moves a due date: nothing changes but that one is asked to. The same day again asks nothing new. */
    private Review askTime(Handle tx, Review review, LocalDate until, Actor by, Channel channel) {
        if (until.equals(review.handling().timeAskedUntil())) {
            return review;
        }
        // each question is a mail to every lead
        if (tx.attach(ReviewEventDao.class).count(review.id(), TIME_ASKED) >= QUESTIONS) {
            throw Problem.invalid(
                    "/until",
                    "asked_too_often",
                    "More time was asked for three times already. Do the review, or write to the compliance lead.");
        }
        return steps.change(
                tx,
                review,
                TIME_ASKED,
                by,
                channel,
                until.toString(),
                evidence -> evidence.data("until", until),
                dao -> dao.askTime(review.id(), review.version(), until, steps.now()));
    }

    static Problem unknownPerson() {
        return Problem.invalid(
                "/to",
                "unknown_person",
                "Nobody active has this address. Name somebody else, or ask an administrator to add them.");
    }
}
