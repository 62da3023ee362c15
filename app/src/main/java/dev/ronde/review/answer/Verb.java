package dev.ronde.review.answer;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.ReviewSteps;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The table of everything that can be done with a review: its command, who may, from which states, by which doors, and what is recorded. */
public enum Verb {
    ATTEST(ReviewCommand.Attest.class, CommandForm::attest, Who.HOLDER, From.ANSWERABLE, ByMail.PROVEN, "attested"),
    ACKNOWLEDGE(
            ReviewCommand.Acknowledge.class,
            in -> new ReviewCommand.Acknowledge(),
            Who.HOLDER,
            From.WAITING,
            ByMail.YES,
            "acknowledged"),
    ACCEPT_DELEGATION(
            ReviewCommand.AcceptDelegation.class,
            in -> new ReviewCommand.AcceptDelegation(),
            Who.ASKED,
            From.WAITING,
            ByMail.YES,
            "delegation-accepted"),
    PROBLEM(
            ReviewCommand.ReportProblem.class,
            in -> new ReviewCommand.ReportProblem(in.text("text")),
            Who.ANYBODY,
            From.WAITING_OR_ATTESTED,
            ByMail.YES,
            "problem"),
    DELEGATE(
            ReviewCommand.Delegate.class,
            in -> new ReviewCommand.Delegate(in.text("to")),
            Who.HOLDER,
            From.WAITING,
            ByMail.PROVEN,
            "delegated"),
    SNOOZE(
            ReviewCommand.Snooze.class,
            in -> new ReviewCommand.Snooze(in.day("until")),
            Who.HOLDER,
            From.WAITING,
            ByMail.YES,
            "snoozed",
            "time-asked"),
    NOT_MINE(
            ReviewCommand.NotMine.class,
            in -> new ReviewCommand.NotMine(in.text("note")),
            Who.CONCERNED,
            From.WAITING,
            ByMail.YES,
            "not-mine",
            "delegation-ended"),
    /** By mail there is a word and a link of its own. */
    WITHDRAW(
            ReviewCommand.Withdraw.class,
            in -> new ReviewCommand.Withdraw(),
            Who.AUTHOR,
            From.ATTESTED,
            ByMail.NO,
            "withdrawn"),
    APPROVE(
            ReviewCommand.Approve.class,
            in -> new ReviewCommand.Approve(in.text("note")),
            Who.LEAD,
            From.PENDING,
            ByMail.NO,
            "approved"),
    REJECT(
            ReviewCommand.Reject.class,
            in -> new ReviewCommand.Reject(in.text("reason")),
            Who.LEAD,
            From.PENDING,
            ByMail.NO,
            "rejected"),
    EXTEND(
            ReviewCommand.Extend.class,
            in -> new ReviewCommand.Extend(in.day("until"), in.text("reason")),
            Who.LEAD,
            From.WAITING,
            ByMail.NO,
            "extended"),
    REFUSE_TIME(
            ReviewCommand.RefuseTime.class,
            in -> new ReviewCommand.RefuseTime(in.review().handling().timeAskedUntil(), in.text("reason")),
            Who.LEAD,
            From.WAITING,
            ByMail.NO,
            "time-refused"),
    ASSIGN(
            ReviewCommand.Assign.class,
            in -> new ReviewCommand.Assign(in.text("to")),
            Who.LEAD,
            From.WAITING,
            ByMail.NO,
            "assigned"),
    DECIDE_PROBLEM(
            ReviewCommand.DecideProblem.class,
            in -> new ReviewCommand.DecideProblem(in.review().handling().problemAt(), in.text("decision")),
            Who.LEAD,
            From.UNDECIDED,
            ByMail.NO,
            "problem-decided"),
    MISSED(
            ReviewCommand.RecordMissed.class,
            in -> new ReviewCommand.RecordMissed(in.text("cause"), in.text("action"), in.text("recovery")),
            Who.LEAD,
            From.MISSED,
            ByMail.NO,
            "recovered");

    private final Class<? extends ReviewCommand> command;
    private final Function<CommandForm, ReviewCommand> reader;
    private final Who who;
    private final From from;
    private final ByMail byMail;
    private final List<String> records;

    Verb(
            Class<? extends ReviewCommand> command,
            Function<CommandForm, ReviewCommand> reader,
            Who who,
            From from,
            ByMail byMail,
            String... records) {
        this.command = command;
        this.reader = reader;
        this.who = who;
        this.from = from;
        this.byMail = byMail;
        this.records = List.of(records);
    }

    /** What somebody must be to the review. */
    public enum Who {
        /** Whoever has it, or steps in for them. */
        HOLDER,
        /** Whoever was asked to take it over. */
        ASKED,
        /** Any of these. */
        CONCERNED,
        /** Everybody who sees it; once it is attested, see {@link Ties#mayReport}. */
        ANYBODY,
        /** Whoever attested it. */
        AUTHOR,
        /** Leads only. */
        LEAD;

        /** Whether being this to the review is enough. */
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

    /** How the review must stand. */
    public enum From {
        /** Open or acknowledged. */
        WAITING,
        /** The same, or missed and to be done late. */
        ANSWERABLE,
        /** The same as the first, or attested. */
        WAITING_OR_ATTESTED,
        /** Attested, also late. */
        ATTESTED,
        /** Attested, and waits for the second person. */
        PENDING,
        /** With a problem that nobody has decided on. */
        UNDECIDED,
        /** Its window has closed. */
        MISSED;

        /** Whether it stands so. */
        public boolean fits(Review review, Instant now) {
            ReviewState state = review.stateAt(now);
            return switch (this) {
                case WAITING -> state.waiting();
                case ANSWERABLE -> state.waiting() || review.completable();
                case WAITING_OR_ATTESTED -> state.waiting() || state == ReviewState.ATTESTED;
                case ATTESTED -> review.attestation().attestedAt() != null;
                case PENDING -> review.approval().pending();
                case UNDECIDED -> review.undecided();
                case MISSED -> state == ReviewState.MISSED;
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
                case MISSED ->
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
                            "no_problem", "No problem of " + ref + " waits for a decision; there is nothing to decide.");
                }
            }
        }
    }

    /** Whether a link from a mail, or an answer to it, is enough. */
    public enum ByMail {
        /** Only signed in, or with a token. */
        NO,
        /** Yes. */
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

    /** The row of a command. */
    public static Verb of(ReviewCommand command) {
        return Arrays.stream(values())
                .filter(verb -> verb.command.isInstance(command))
                .findFirst()
                .orElseThrow();
    }

    /** The row with this word. */
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

    /** The class of its command, whose components are its fields. */
    public Class<? extends ReviewCommand> command() {
        return command;
    }

    /** The command that a form asks for; 422 for a date that is none. */
    public ReviewCommand read(CommandForm form) {
        return reader.apply(form);
    }

    Who who() {
        return who;
    }

    /** Whose route it is over the API. */
    public Access access() {
        return who == Who.LEAD ? Access.LEADS : Access.ANSWERERS;
    }

    /** From which states it can be done. */
    public From from() {
        return from;
    }

    public ByMail byMail() {
        return byMail;
    }

    /** The event that is recorded, in the ledger as {@code review.<event>}. */
    String record() {
        return records.get(0);
    }

    /** The event that is recorded where it comes to something else. */
    String otherwise() {
        return records.get(1);
    }

    /** What it came to: its word, or one of the constants above.
     *
     * @param as who acted, or the team that was asked */
    public String outcome(Review before, Review after, UUID as) {
        return switch (this) {
            case PROBLEM ->
                before.attestation().attestedAt() == null
                        ? word()
                        : before.id().equals(after.id()) ? REOPENED : ANEW;
            case NOT_MINE -> before.askedToTakeOver(as) ? REFUSED : word();
            case SNOOZE -> after.handling().askedSince(before.handling()) ? TIME_ASKED : word();
            default -> word();
        };
    }
}
