package dev.ronde.review.answer;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.evidence.Evidence;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.DriftDao;
import dev.ronde.review.Handling;
import dev.ronde.review.PlanWork;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDates;
import dev.ronde.review.ReviewEventDao;
import dev.ronde.review.ReviewSteps;
import dev.ronde.review.Undecided;
import dev.ronde.review.enrolment.Enrolment;
import dev.ronde.review.enrolment.EnrolmentDao;
import dev.ronde.review.enrolment.EnrolmentTally;
import dev.ronde.review.enrolment.Enrolments;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.plan.CadenceRule;
import dev.ronde.review.plan.Plan;
import dev.ronde.review.plan.PlanDao;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the compliance lead decides about a review: who does it, by when, and what becomes of one that was missed. */
record LeadActions(ReviewSteps steps, Enrolments enrolments, People people) {
    /** From the expected date: a mistyped year must not take a review out of everybody's sight. */
    private static final Period MOST_TIME = Period.ofMonths(12);

    /** A missed review is made good by other dates from here on; else the next slot stands and will be kept. */
    private static final String NEW_SCHEDULE = "new_schedule";

    private static final Set<String> RECOVERIES = Set.of("back_on_schedule", NEW_SCHEDULE);

    Review assign(Handle tx, Review review, ReviewAct.Assign command, Visitor who) {
        Person person = people.findByEmail(
                        tx, ReviewSteps.required("/to", command.to(), "Name the mail address of the new owner."))
                .filter(known -> people.here(tx, known))
                .orElseThrow(() -> OwnerActions.unknownPerson());
        Handling said = review.handling();
        boolean settles = said.delegatedTo() != null || said.notMineAt() != null || said.problemAt() != null;
        if (person.id().equals(review.ownerId()) && !settles) {
            throw Problem.invalid("/to", "to_self", "The review is already with this person. Name somebody else.");
        }
        return steps.give(
                tx, review.assigned(person.id(), 0), Verb.ASSIGN.record(), who.actor(), who.channel(), person);
    }

    /** The lead asks whoever has it again now; what its owner paused stays paused. */
    Review remind(Handle tx, Review review, Visitor who) {
        LocalDate today = review.dates().dayOf(steps.now());
        LocalDate pausedUntil = review.handling().snoozedUntil();
        boolean answersLater = review.handling().acknowledgedAt() != null && !review.overdueAt(steps.now());
        if (review.ownerId() == null) {
            throw Problem.conflict("no_owner", "Nobody has " + review.ref() + ". Assign it to somebody.");
        }
        if (answersLater || (pausedUntil != null && pausedUntil.isAfter(today))) {
            throw Problem.conflict(
                    "reminders_paused",
                    "Its owner has paused the reminders of " + review.ref() + "; they go on by themselves.");
        }
        if (tx.attach(ReviewEventDao.class).listByReview(review.id()).stream()
                .filter(event -> event.eventType().equals(Verb.REMIND.record()))
                .anyMatch(event -> review.dates().dayOf(event.happenedAt()).equals(today))) {
            throw Problem.conflict(
                    "reminded_today", "The owner of " + review.ref() + " was asked again today already.");
        }
        return steps.change(
                tx, review, Verb.REMIND.record(), who.actor(), who.channel(), null, UnaryOperator.identity());
    }

    /** The lead says what follows of a problem: nobody is asked to decide it any more, until another one is reported. */
    Review decideProblem(Handle tx, Review review, ReviewAct.DecideProblem command, Visitor who) {
        Instant problem = standing(tx, review, command.reportedAt());
        String said = ReviewSteps.required("/decision", command.decision(), "Say in a few words what you decided.");
        Review after = change(
                tx,
                review.problemDecided(),
                Verb.DECIDE_PROBLEM,
                who,
                said,
                evidence -> evidence.data("reported_at", problem).priv("decision", said));
        // a drift that went back meanwhile stayed open for the problem alone
        tx.attach(DriftDao.class).mark(review.assetId(), steps.now());
        return after;
    }

    /** When the problem that is decided on was reported: whoever decides on one has not decided on the one that was reported meanwhile. */
    private static Instant standing(Handle tx, Review review, @Nullable Instant reportedAt) {
        Instant standing = Objects.requireNonNull(review.handling().problemAt());
        if (reportedAt == null) {
            throw Problem.invalid(
                    "/reported_at",
                    "required",
                    "Send reported_at, the time of the problem you decide on: problem.at of the review.");
        }
        if (!reportedAt.equals(standing)) {
            String text = Undecided.text(
                    Undecided.of(review, tx.attach(ReviewEventDao.class).listByReview(review.id())));
            throw Problem.conflict(
                            "problem_changed",
                            "Another problem of " + review.ref() + " was reported at " + standing
                                    + ". Read it, and send its time if you decide on it.")
                    .with("problem", Map.of("at", standing, "text", text));
        }
        return standing;
    }

    /** The lead gives no more time than there is: nobody is asked for it any more, until somebody asks again. */
    Review refuseTime(Handle tx, Review review, ReviewAct.RefuseTime command, Visitor who) {
        LocalDate until = asked(review, command.until());
        String why = ReviewSteps.required("/reason", command.reason(), "Say why there is no more time.");
        return change(
                tx,
                review.timeAnswered(),
                Verb.REFUSE_TIME,
                who,
                why,
                evidence -> evidence.data("until", until).priv("reason", why));
    }

    /** Until when more time is asked for: whoever refuses one day has not refused the other one that was asked for meanwhile. */
    private static LocalDate asked(Review review, @Nullable LocalDate asked) {
        LocalDate standing = review.handling().timeAskedUntil();
        if (standing == null) {
            throw Problem.conflict(
                    "no_time_asked", "Nobody asks for more time for " + review.ref() + "; there is nothing to refuse.");
        }
        if (asked == null) {
            throw Problem.invalid(
                    "/until", "required", "Send until, the day you refuse: more_time.until of the review.");
        }
        if (!asked.equals(standing)) {
            Instant at = Objects.requireNonNull(review.handling().timeAskedAt());
            throw Problem.conflict(
                            "time_changed",
                            "More time for " + review.ref() + " is asked for until " + standing + " by now, not until "
                                    + asked + ". Send that day if you refuse it.")
                    .with("more_time", Map.of("until", standing, "asked_at", at));
        }
        return standing;
    }

    /** The lead gives more time: the due date moves, the slot stays, both are exported. */
    Review extend(Handle tx, Review review, ReviewAct.Extend command, Visitor who) {
        LocalDate until = command.until();
        String why = ReviewSteps.required("/reason", command.reason(), "Say why there is more time.");
        if (until == null || !until.isAfter(review.dates().dueOn())) {
            throw Problem.invalid(
                    "/until",
                    until == null ? "required" : "bad_value",
                    "Give the new due date, after " + review.dates().dueOn() + ".");
        }
        LocalDate last = review.dates().scheduledOn().plus(MOST_TIME);
        if (until.isAfter(last)) {
            throw Problem.invalid(
                    "/until",
                    "bad_value",
                    "A review has at most " + MOST_TIME.toTotalMonths()
                            + " months from its expected date: give a day until " + last + ".");
        }
        Plan plan = tx.attach(PlanDao.class)
                .findVersion(review.planId(), review.planVersion())
                .orElseThrow();
        ReviewDates dates = ReviewDates.ending(
                plan.read(), review.dates().scheduledOn(), until, review.dates().previousOn(), until);
        String detail = review.dates().dueOn() + " → " + until + ": " + why;
        return change(
                tx,
                review.extended(dates, steps.now()),
                Verb.EXTEND,
                who,
                detail,
                evidence -> evidence.changed(List.of("due_on"))
                        .data("due_before", review.dates().dueOn())
                        .priv("reason", why));
    }

    /** The lead records why a review was missed and how it is made good; recorded again it corrects the words, and moves slots only once. */
    Review recordMissed(Handle tx, Review review, ReviewAct.RecordMissed command, Visitor who) {
        String why = ReviewSteps.shorter(
                "/cause", ReviewSteps.required("/cause", command.cause(), "Say why it was missed."));
        String what = ReviewSteps.shorter(
                "/action", ReviewSteps.required("/action", command.action(), "Say what is done about it."));
        String way = command.recovery();
        if (way == null || !RECOVERIES.contains(way)) {
            throw Problem.invalid(
                    "/recovery", way == null ? "required" : "bad_value", "Choose back_on_schedule or new_schedule.");
        }
        boolean moved = NEW_SCHEDULE.equals(review.closing().recovery());
        if (moved && !way.equals(NEW_SCHEDULE) && review.scheduled() && ofItsOwn(tx, review)) {
            throw Problem.conflict(
                    "schedule_moved",
                    "The slots of this asset were moved when new_schedule was recorded and are not moved back. Send"
                            + " new_schedule to correct cause and action: that moves nothing again.");
        }
        Review after = change(
                tx,
                review.recovered(why, what, way),
                Verb.MISSED,
                who,
                why + " → " + what,
                evidence -> evidence.data("recovery", way).priv("cause", why).priv("action", what));
        if (way.equals(NEW_SCHEDULE) && !moved && review.scheduled()) {
            anchorAnew(tx, after, who);
        }
        return after;
    }

    /** Whether the asset counts from an anchor of its own; another cadence of the plan clears it. */
    private static boolean ofItsOwn(Handle tx, Review review) {
        return tx.attach(EnrolmentDao.class)
                .find(review.enrolmentId())
                .map(Enrolment::anchorOn)
                .isPresent();
    }

    /** From here on the asset's slots count from the day it was done late, or else from the day of this decision. */
    private void anchorAnew(Handle tx, Review review, Visitor who) {
        LocalDate performedOn = review.attestation().performedOn();
        LocalDate anchorOn = performedOn == null ? review.dates().dayOf(steps.now()) : performedOn;
        EnrolmentDao dao = tx.attach(EnrolmentDao.class);
        Enrolment enrolment = dao.lock(review.enrolmentId()).orElseThrow();
        PlanWork work = Settlement.newest(tx, review, who);
        if (enrolment.endedAt() == null
                && work.plan().definition().cadence() instanceof CadenceRule.Interval interval) {
            dao.updateAnchor(enrolment.id(), anchorOn.plus(interval.every().period()));
            Covered asset = steps.estate().find(tx, review.assetId()).orElseThrow();
            enrolments.reslot(work, Map.of(enrolment.id(), asset), new EnrolmentTally());
        }
    }

    private Review change(Handle tx, Review next, Verb verb, Visitor who, String detail, UnaryOperator<Evidence> fill) {
        return steps.change(tx, next, verb.record(), who.actor(), who.channel(), detail, fill);
    }
}
