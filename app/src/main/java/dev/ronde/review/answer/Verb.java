package dev.ronde.review.answer;

import static dev.ronde.review.answer.Verb.ByMail.NO;
import static dev.ronde.review.answer.Verb.ByMail.PROVEN;
import static dev.ronde.review.answer.Verb.ByMail.YES;
import static dev.ronde.review.answer.Verb.From.ANSWERABLE;
import static dev.ronde.review.answer.Verb.From.ATTESTED;
import static dev.ronde.review.answer.Verb.From.CLOSED;
import static dev.ronde.review.answer.Verb.From.PENDING;
import static dev.ronde.review.answer.Verb.From.UNDECIDED;
import static dev.ronde.review.answer.Verb.From.WAITING;
import static dev.ronde.review.answer.Verb.From.WAITING_OR_ATTESTED;
import static dev.ronde.review.answer.Verb.Who.ANYBODY;
import static dev.ronde.review.answer.Verb.Who.ASKED;
import static dev.ronde.review.answer.Verb.Who.AUTHOR;
import static dev.ronde.review.answer.Verb.Who.CONCERNED;
import static dev.ronde.review.answer.Verb.Who.HOLDER;
import static dev.ronde.review.answer.Verb.Who.LEAD;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.ReviewSteps;
import dev.ronde.review.answer.ReviewAct.AcceptDelegation;
import dev.ronde.review.answer.ReviewAct.Acknowledge;
import dev.ronde.review.answer.ReviewAct.Approve;
import dev.ronde.review.answer.ReviewAct.Assign;
import dev.ronde.review.answer.ReviewAct.Attest;
import dev.ronde.review.answer.ReviewAct.DecideProblem;
import dev.ronde.review.answer.ReviewAct.Delegate;
import dev.ronde.review.answer.ReviewAct.Extend;
import dev.ronde.review.answer.ReviewAct.NotMine;
import dev.ronde.review.answer.ReviewAct.RecordMissed;
import dev.ronde.review.answer.ReviewAct.RefuseTime;
import dev.ronde.review.answer.ReviewAct.Reject;
import dev.ronde.review.answer.ReviewAct.Remind;
import dev.ronde.review.answer.ReviewAct.ReportProblem;
import dev.ronde.review.answer.ReviewAct.Snooze;
import dev.ronde.review.answer.ReviewAct.Withdraw;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The table of everything that can be done with a review: its act, who may, from which states, by which doors, and what is recorded. */
@SuppressWarnings("ImmutableEnumChecker") // a row is made once, of functions without state
public enum Verb {
    ATTEST(Attest.class, CommandForm::attest, HOLDER, ANSWERABLE, PROVEN, "attested"),
    ACKNOWLEDGE(Acknowledge.class, in -> new Acknowledge(), HOLDER, WAITING, YES, "acknowledged"),
    ACCEPT_DELEGATION(AcceptDelegation.class, in -> new AcceptDelegation(), ASKED, WAITING, YES, "delegation-accepted"),
    PROBLEM(ReportProblem.class, CommandForm::reportProblem, ANYBODY, WAITING_OR_ATTESTED, YES, "problem"),
    DELEGATE(Delegate.class, in -> new Delegate(in.text("to")), HOLDER, WAITING, PROVEN, "delegated"),
    SNOOZE(Snooze.class, in -> new Snooze(in.day("until")), HOLDER, WAITING, YES, "snoozed", "time-asked"),
    NOT_MINE(
            NotMine.class, in -> new NotMine(in.text("note")), CONCERNED, WAITING, YES, "not-mine", "delegation-ended"),
    /** By mail there is a word and a link of its own. */
    WITHDRAW(Withdraw.class, in -> new Withdraw(), AUTHOR, ATTESTED, NO, "withdrawn"),
    APPROVE(Approve.class, in -> new Approve(in.text("note")), LEAD, PENDING, NO, "approved"),
    REJECT(Reject.class, in -> new Reject(in.text("reason")), LEAD, PENDING, NO, "rejected"),
    EXTEND(Extend.class, in -> new Extend(in.day("until"), in.text("reason")), LEAD, WAITING, NO, "extended"),
    REFUSE_TIME(RefuseTime.class, CommandForm::refuseTime, LEAD, WAITING, NO, "time-refused"),
    ASSIGN(Assign.class, in -> new Assign(in.text("to")), LEAD, WAITING, NO, "assigned"),
    REMIND(Remind.class, in -> new Remind(), LEAD, WAITING, NO, "reminded"),
    DECIDE_PROBLEM(DecideProblem.class, CommandForm::decideProblem, LEAD, UNDECIDED, NO, "problem-decided"),
    MISSED(RecordMissed.class, CommandForm::recordMissed, LEAD, CLOSED, NO, "recovered");

    private final Class<? extends ReviewAct> act;
    private final Function<CommandForm, ReviewAct> reader;
    private final Who who;
    private final From from;
    private final ByMail byMail;
    private final List<String> records;

    Verb(
            Class<? extends ReviewAct> act,
            Function<CommandForm, ReviewAct> reader,
            Who who,
            From from,
            ByMail byMail,
            String... records) {
        this.act = act;
        this.reader = reader;
        this.who = who;
        this.from = from;
        this.byMail = byMail;
        this.records = List.of(records);
    }

    public enum Who {
        HOLDER,
        ASKED,
        CONCERNED,
        /** Everybody who sees it; once it is attested, see {@link Ties#mayReport}. */
        ANYBODY,
        AUTHOR,
        LEAD;

        boolean includes(Relation relation) {
            return switch (this) {
                case HOLDER -> relation == Relation.OWNER || relation == Relation.BACKUP;
                case ASKED -> relation == Relation.ASKED;
                case CONCERNED -> relation != Relation.WITNESS;
                case ANYBODY -> true;
                case AUTHOR, LEAD -> false;
            };
        }
    }

    public enum From {
        WAITING,
        /** The same, or missed and to be done late. */
        ANSWERABLE,
        /** The same as the first, or attested. */
        WAITING_OR_ATTESTED,
        ATTESTED,
        PENDING,
        UNDECIDED,
        CLOSED;

        public boolean fits(Review review, Instant now) {
            ReviewState state = review.stateAt(now);
            return switch (this) {
                case WAITING -> state.waiting();
                case ANSWERABLE -> state.waiting() || review.completable();
                case WAITING_OR_ATTESTED -> state.waiting() || state == ReviewState.ATTESTED;
                case ATTESTED -> review.attestation().attestedAt() != null;
                case PENDING -> review.approval().pending();
                case UNDECIDED -> review.undecided();
                case CLOSED -> state == ReviewState.MISSED;
            };
        }

        /** Passes where it stands so; 409 that says how it stands otherwise. */
        void require(Review review, ReviewSteps steps) {
            if (fits(review, steps.now())) {
                return;
            }
            String ref = review.ref();
            switch (this) {
                case ATTESTED ->
                    throw Problem.conflict("not_attested", ref + " is not attested; there is nothing to withdraw.");
                case PENDING -> throw Problem.conflict("not_pending", ref + " does not wait for a second person.");
                case CLOSED ->
                    throw Problem.conflict("not_missed", ref + " is not missed; there is no cause to record.");
                case ANSWERABLE -> steps.requireAnswerable(review);
                case WAITING, WAITING_OR_ATTESTED -> steps.requireWaiting(review);
                case UNDECIDED -> {
                    // a window that closes ends no problem
                    if (review.stateAt(steps.now()) != ReviewState.MISSED
                            || review.attestation().attestedAt() != null) {
                        steps.requireAnswerable(review);
                    }
                    throw Problem.conflict(
                            "no_problem",
                            "No problem of " + ref + " waits for a decision; there is nothing to decide.");
                }
            }
        }
    }

    /** Whether a link from a mail, or an answer to it, is enough. */
    public enum ByMail {
        /** Only signed in, or with a token. */
        NO,
        YES,
        /** By link with a code that is mailed, where the plan or the settings ask for it. */
        PROVEN
    }

    /** A problem opened again what was attested. */
    public static final String REOPENED = "reopen";

    /** A problem with what was attested, whose window is over: another review waits with it. */
    public static final String ANEW = "anew";

    /** Whoever was asked to take it over does not. */
    public static final String REFUSED = "refuse";

    /** A pause beyond the due date became a question to the leads. */
    public static final String TIME_ASKED = "time-asked";

    public static Verb of(ReviewAct act) {
        return Arrays.stream(values())
                .filter(verb -> verb.act.isInstance(act))
                .findFirst()
                .orElseThrow();
    }

    public static Optional<Verb> of(String word) {
        return Arrays.stream(values()).filter(verb -> verb.word().equals(word)).findFirst();
    }

    /** The word in paths, forms and texts, for example {@code not-mine}. */
    public String word() {
        return key().replace('_', '-');
    }

    /** The word in names of templates, for example {@code not_mine}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Class<? extends ReviewAct> act() {
        return act;
    }

    /** The act that a form asks for; 422 for a date that is none. */
    public ReviewAct read(CommandForm form) {
        return reader.apply(form);
    }

    Who who() {
        return who;
    }

    public Access access() {
        return who == Who.LEAD ? Access.LEADS : Access.ANSWERERS;
    }

    public From from() {
        return from;
    }

    public ByMail byMail() {
        return byMail;
    }

    List<String> records() {
        return records;
    }

    /** The event that is recorded, in the ledger as {@code review.<event>}. */
    String record() {
        return records.get(0);
    }

    String otherwise() {
        return records.get(1);
    }

    /** What it came to: its word, or one of the constants above.
     *
     * @param as who acted, or the team that was asked */
    public String outcome(Review before, Review after, UUID as) {
        return switch (this) {
            case PROBLEM ->
                before.attestation().attestedAt() == null ? word() : before.id().equals(after.id()) ? REOPENED : ANEW;
            case NOT_MINE -> before.askedToTakeOver(as) ? REFUSED : word();
            case SNOOZE -> after.handling().askedSince(before.handling()) ? TIME_ASKED : word();
            default -> word();
        };
    }
}
