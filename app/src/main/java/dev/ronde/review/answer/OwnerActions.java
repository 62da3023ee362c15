package dev.ronde.review.answer;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.evidence.Evidence;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewEventDao;
import dev.ronde.review.ReviewState;
import dev.ronde.review.ReviewSteps;
import java.time.LocalDate;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What whoever has a review says of it short of attesting it: that it came, that something is wrong, that somebody else should do it, or later. */
record OwnerActions(ReviewSteps steps, People people) {
    private static final int SNOOZE_DAYS = 30;
    private static final int SNOOZES = 3;
    private static final int QUESTIONS = 3;

    /** For so many days after the due date whoever has an overdue review may still pause its reminders. */
    private static final int OVERDUE_DAYS = 7;

    private static final int DELEGATIONS = 3;

    Review acknowledge(Handle tx, Review review, Visitor who) {
        return review.stateAt(steps.now()) == ReviewState.ACKNOWLEDGED
                ? review
                : change(
                        tx,
                        review.acknowledged(steps.now()),
                        Verb.ACKNOWLEDGE.record(),
                        who,
                        null,
                        UnaryOperator.identity());
    }

    Review problem(Handle tx, Review review, ReviewAct.ReportProblem command, Visitor who) {
        String said = ReviewSteps.required("/text", command.text(), "Say in a few words what is wrong.");
        return change(
                tx,
                review.problemReported(steps.now(), said),
                Verb.PROBLEM.record(),
                who,
                said,
                evidence -> evidence.priv("text", said));
    }

    Review delegate(Handle tx, Review review, ReviewAct.Delegate command, Visitor who) {
        String to = ReviewSteps.required("/to", command.to(), "Name the mail address of the person who should do it.");
        Person person = people.findByEmail(tx, to)
                .filter(found -> people.here(tx, found))
                .orElseThrow(OwnerActions::unknownPerson);
        boolean asked = person.actorRef().equals(who.actor().ref())
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
        Review next = review.delegated(person.id(), steps.now());
        return steps.give(tx, next, Verb.DELEGATE.record(), who.actor(), who.channel(), person);
    }

    Review acceptDelegation(Handle tx, Review review, UUID as, Visitor who) {
        if (!as.equals(review.handling().delegatedTo())) {
            throw Problem.conflict("not_delegated", review.ref() + " was not passed on to this person.");
        }
        return change(tx, review.assigned(as, 1), Verb.ACCEPT_DELEGATION.record(), who, null, UnaryOperator.identity());
    }

    Review notMine(Handle tx, Review review, ReviewAct.NotMine command, UUID as, Visitor who) {
        boolean asked = review.askedToTakeOver(as);
        String said = ReviewSteps.limited("/note", command.note());
        return change(
                tx,
                asked ? review.delegationEnded() : review.notMine(steps.now()),
                asked ? Verb.NOT_MINE.otherwise() : Verb.NOT_MINE.record(),
                who,
                said,
                evidence -> evidence.data("refused", asked ? true : null).priv("note", said));
    }

    Review snooze(Handle tx, Review review, ReviewAct.Snooze command, Visitor who) {
        LocalDate until = command.until();
        LocalDate today = review.dates().dayOf(steps.now());
        if (until == null || !until.isAfter(today) || until.isAfter(today.plusDays(SNOOZE_DAYS))) {
            throw Problem.invalid(
                    "/until",
                    until == null ? "required" : "bad_value",
                    "Give a date from " + today.plusDays(1) + " to " + today.plusDays(SNOOZE_DAYS) + ".");
        }
        if (until.isAfter(lastPause(review, today)) && !who.lead()) {
            return askTime(tx, review, until, who);
        }
        if (review.handling().snoozes() >= SNOOZES) {
            throw Problem.invalid("/until", "too_often", "Reminders were paused three times already; no more pauses.");
        }
        return change(
                tx,
                review.snoozed(until),
                Verb.SNOOZE.record(),
                who,
                until.toString(),
                evidence -> evidence.data("until", until));
    }

    /** The last day up to which whoever has the review pauses its reminders; later ones ask for more time. */
    private static LocalDate lastPause(Review review, LocalDate today) {
        LocalDate dueOn = review.dates().dueOn();
        return today.isAfter(dueOn) ? dueOn.plusDays(OVERDUE_DAYS) : dueOn;
    }

    /** Only a lead moves a due date: nothing changes but that one is asked to. The same day again asks nothing new. */
    private Review askTime(Handle tx, Review review, LocalDate until, Visitor who) {
        if (until.equals(review.handling().timeAskedUntil())) {
            return review;
        }
        String asked = Verb.SNOOZE.otherwise();
        // each question is a mail to every lead
        if (tx.attach(ReviewEventDao.class).count(review.id(), asked) >= QUESTIONS) {
            throw Problem.invalid(
                    "/until",
                    "asked_too_often",
                    "More time was asked for three times already. Do the review, or write to the compliance lead.");
        }
        return change(
                tx,
                review.timeAsked(until, steps.now()),
                asked,
                who,
                until.toString(),
                evidence -> evidence.data("until", until));
    }

    private Review change(
            Handle tx, Review next, String event, Visitor who, @Nullable String detail, UnaryOperator<Evidence> fill) {
        return steps.change(tx, next, event, who.actor(), who.channel(), detail, fill);
    }

    static Problem unknownPerson() {
        return Problem.invalid(
                "/to",
                "unknown_person",
                "Nobody active has this address. Name somebody else, or ask an administrator to add them.");
    }
}
