package dev.ronde.review.answer;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks to be done with a review, by whatever door they come; nothing of it is checked yet. Each is one row of {@link Verb}. The
 * components are the fields of the API and of the forms.
 */
public sealed interface ReviewAct {

    /** Seen, and answered later. Again changes nothing. */
    record Acknowledge() implements ReviewAct {}

    /** Closes the review by a statement. One that was missed can be done late: it stays missed. */
    record Attest(AttestRequest request) implements ReviewAct {}

    /** Asks a person to take over; the owner keeps the duty until they accept. */
    record Delegate(@Nullable String to) implements ReviewAct {}

    record AcceptDelegation() implements ReviewAct {}

    /**
     * Pauses reminders up to a day at most 30 days away, at most three times; the due date does not move. A day beyond the due date, or more
     * than seven days beyond it where the review is overdue, asks the leads for more time instead, as often; leads pause all the same.
     */
    record Snooze(@Nullable LocalDate until) implements ReviewAct {}

    /**
     * Something is wrong: a decision for the lead. A review that was attested opens again, or, once its window is over, stays as it is: then
     * the problem is one of the review that waits under the same plan, or of one that opens for it.
     */
    record ReportProblem(@Nullable String text) implements ReviewAct {}

    /** It belongs to somebody else: a decision for the lead. Of who was only asked to take it over, a refusal. */
    record NotMine(@Nullable String note) implements ReviewAct {}

    /** Takes an attestation back, within 24 hours and by the person who made it; its record stays. */
    record Withdraw() implements ReviewAct {}

    record Approve(@Nullable String note) implements ReviewAct {}

    /** A second person refuses it: it is taken back, its record stays, and the review waits again. */
    record Reject(@Nullable String reason) implements ReviewAct {}

    /** Gives more time: the due date moves, the slot stays, both are exported. */
    record Extend(@Nullable LocalDate until, @Nullable String reason) implements ReviewAct {}

    /** Gives no more time until the day that was asked for. */
    record RefuseTime(@Nullable LocalDate until, @Nullable String reason) implements ReviewAct {}

    /** Gives the review to somebody; settles a “not mine”. */
    record Assign(@Nullable String to) implements ReviewAct {}

    /** Asks whoever has it again now, by an ordinary reminder; at most once a day. */
    record Remind() implements ReviewAct {}

    /** Says what follows of a problem, and ends the question, until another one is reported. */
    record DecideProblem(
            @Nullable Instant reportedAt, @Nullable String decision) implements ReviewAct {}

    /** Records why a review was missed and how it is made good; recorded again it corrects the words. */
    record RecordMissed(
            @Nullable String cause,
            @Nullable String action,
            @Nullable String recovery) implements ReviewAct {}
}
