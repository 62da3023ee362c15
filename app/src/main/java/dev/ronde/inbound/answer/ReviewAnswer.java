package dev.ronde.inbound.answer;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.inbound.grammar.MailWord;
import dev.ronde.inbound.grammar.Understood;
import dev.ronde.inbound.inbox.Decision;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Cut;
import dev.ronde.review.Handling;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.answer.AttestRequest;
import dev.ronde.review.answer.CommandForm;
import dev.ronde.review.answer.Remarks;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Shown;
import dev.ronde.review.answer.Situation;
import dev.ronde.review.answer.Ties;
import dev.ronde.review.answer.Verb;
import dev.ronde.review.answer.Visitor;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Does for one review what a clear answer of a recognised person asks for, or says why not. */
record ReviewAnswer(
        Reviews reviews, Remarks remarks, Assets assets, People people, AnsweredMails answered, AnswerPost post) {
    private static final int NOTE = 4_000;

    /** How long the same words report the same problem. */
    private static final Duration SAME_PROBLEM = Duration.ofHours(24);

    /** Refusals after which the answer is decided again, on what is so by then. */
    private static final Set<String> RACED = Set.of("review_changed", "configuration_changed");

    /** What a late problem is refused with where no plan covers the asset any more. */
    private static final Set<String> UNCOVERED = Set.of("no_plan", "not_covered");

    /** Answers the review in the caller's transaction; a refusal leaves nothing behind but the comment and its mail. */
    Outcome answer(Handle tx, Incoming in, Review review, Person by, MailWord word, String rule, Instant now) {
        ReviewState state = review.stateAt(now);
        if (state == ReviewState.ATTESTED) {
            return afterwards(tx, in, review, by, word, rule, now).on(review.ref());
        }
        if (!state.waiting()) {
            boolean late = review.attestation().recordedAt() != null;
            boolean own = by.actorRef().equals(review.attestation().performedBy());
            if (late && word == MailWord.UNDO) {
                return undo(tx, in, review, by, rule).on(review.ref());
            }
            if (late && own && word == MailWord.DONE) {
                return kept(tx, in, review, by, Saying.ALREADY, "already-done", "");
            }
            return over(tx, in, review, by, word, now);
        }
        Ties ties = ties(tx, by, review);
        Verb action = word.verb(ties.takesOver(by.id(), review));
        if (action == null || action == Verb.WITHDRAW) {
            return kept(tx, in, review, by, Saying.NO_UNDO, "nothing-to-undo", "");
        }
        if (!ties.may(action)) {
            return ties.asked()
                    ? kept(tx, in, review, by, Saying.ACCEPT_FIRST, "accept-first", "")
                    : handedOn(tx, in, review, by, now);
        }
        UUID as = ties.answeringAs(by.id(), review, action);
        if (repeats(tx, action, review, as, in.understood(), now)) {
            return kept(tx, in, review, by, Saying.ALREADY, "already-said", "");
        }
        String savepoint = "answer";
        tx.savepoint(savepoint);
        try {
            Review after = reviews.act(tx, review, command(tx, action, in, review, by, now), visitor(tx, by));
            tx.releaseSavepoint(savepoint);
            if (after.equals(review)) {
                return kept(tx, in, review, by, Saying.ALREADY, "already-said", "");
            }
            keepFiles(tx, in, after, by);
            return done(rule, null, after, action.outcome(review, after, as)).on(review.ref());
        } catch (Problem problem) {
            tx.rollbackToSavepoint(savepoint);
            if (RACED.contains(problem.code())) {
                throw problem;
            }
            return refused(tx, in, review, by, problem);
        }
    }

    /** Whether it asks once more for what is so already; said again by a program that answers every mail, it must come to an end. */
    private boolean repeats(Handle tx, Verb action, Review review, UUID as, Understood said, Instant now) {
        Handling handling = review.handling();
        return switch (action) {
            case PROBLEM ->
                handling.problemAt() != null
                        && now.isBefore(handling.problemAt().plus(SAME_PROBLEM))
                        && handling.problemText() != null
                        && handling.problemText().equals(note(said.comment()));
            case NOT_MINE -> handling.notMineAt() != null && !review.askedToTakeOver(as);
            case SNOOZE -> said.until() != null && said.until().equals(handling.snoozedUntil());
            case DELEGATE ->
                handling.delegatedTo() != null
                        && people.findByEmail(tx, Objects.requireNonNullElse(said.to(), ""))
                                .map(Person::id)
                                .filter(handling.delegatedTo()::equals)
                                .isPresent();
            default -> false;
        };
    }

    private Visitor visitor(Handle tx, Person by) {
        return Visitor.of(by, people.teams(tx, by), Incoming.actor(by), Channel.REPLY);
    }

    private ReviewAct command(Handle tx, Verb action, Incoming in, Review review, Person by, Instant now) {
        if (action == Verb.ATTEST) {
            return new ReviewAct.Attest(attestation(tx, in, review, by, now));
        }
        Understood said = in.understood();
        Map<String, String> fields = new HashMap<>();
        Stream.of("text", "note").forEach(field -> put(fields, field, note(said.comment())));
        put(fields, "to", said.to());
        put(fields, "until", said.until());
        return action.read(new CommandForm(review, fields));
    }

    private static void put(Map<String, String> fields, String field, @Nullable Object value) {
        if (value != null) {
            fields.put(field, value.toString());
        }
    }

    /** “Done” is of what the mail that is answered showed. */
    private AttestRequest attestation(Handle tx, Incoming in, Review review, Person by, Instant now) {
        Situation situation = reviews.situation(tx, review);
        UUID reader = in.answered().map(AnsweredMail::personId).orElse(by.id());
        Optional<Shown> shown = answered.shown(tx, in.mail().hints(), reader, review.id());
        if (shown.isEmpty()
                || !situation.changes().isEmpty()
                || !reviews.look()
                        .stillAsShown(tx, review, situation, shown.get().digest())) {
            throw Problem.conflict("there_are_changes", "There are changes to look at.");
        }
        Instant at = in.stored().arrival().receivedAt();
        return new AttestRequest(
                        "no_change",
                        note(in.understood().comment()),
                        shown.get().digest(),
                        Map.of(),
                        null,
                        at.isAfter(now) ? now : at)
                .seeing(shown.get().seen());
    }

    /** What an answer does to a review that is attested. */
    private Outcome afterwards(
            Handle tx, Incoming in, Review review, Person by, MailWord word, String rule, Instant now) {
        boolean own = by.actorRef().equals(review.attestation().performedBy());
        if (word == MailWord.UNDO) {
            return undo(tx, in, review, by, rule);
        }
        if (word == MailWord.PROBLEM) {
            return ties(tx, by, review).mayReport(review, by.actorRef(), by.leads())
                    ? reopen(tx, in, review, by, rule, now)
                    : handedOn(tx, in, review, by, now);
        }
        if (own) {
            return kept(tx, in, review, by, Saying.ALREADY, "already-done", "");
        }
        String who = Objects.requireNonNullElse(review.attestation().performedByName(), "–");
        return kept(tx, in, review, by, Saying.OTHER, "done-by-another", who);
    }

    private Outcome undo(Handle tx, Incoming in, Review review, Person by, String rule) {
        try {
            Review after = reviews.act(tx, review, new ReviewAct.Withdraw(), visitor(tx, by));
            return done(rule, null, after, Verb.WITHDRAW.word());
        } catch (Problem problem) {
            if (RACED.contains(problem.code())) {
                throw problem;
            }
            return kept(tx, in, review, by, Saying.NO_UNDO, "nothing-to-undo", "");
        }
    }

    private Outcome reopen(Handle tx, Incoming in, Review review, Person by, String rule, Instant now) {
        String said = Objects.requireNonNullElse(
                note(in.understood().comment()), in.understood().line());
        String savepoint = "reopen";
        tx.savepoint(savepoint);
        Review after;
        try {
            after = reviews.act(tx, review, new ReviewAct.ReportProblem(said), visitor(tx, by));
            tx.releaseSavepoint(savepoint);
        } catch (Problem refused) {
            if (!UNCOVERED.contains(code(refused))) {
                throw refused;
            }
            tx.rollbackToSavepoint(savepoint);
            return over(tx, in, review, by, MailWord.PROBLEM, now);
        }
        if (after.id().equals(review.id())) {
            keepFiles(tx, in, after, by);
            return done(rule, "reported after it was attested; it is open again", after, Verb.REOPENED);
        }
        comment(tx, in, review, by);
        return done(rule, "reported after its window was over; " + after.ref() + " waits with it", after, Verb.ANEW);
    }

    private static Outcome done(String rule, @Nullable String reason, Review after, String action) {
        return Outcome.of(Decision.EXECUTED, rule, reason).telling(Reply.done(after, action));
    }

    /** It is somebody else's now: they hear what the other one writes. */
    private Outcome handedOn(Handle tx, Incoming in, Review review, Person by, Instant now) {
        Optional<Person> owner = Optional.ofNullable(review.ownerId()).flatMap(id -> people.find(tx, id));
        owner.ifPresent(person -> post.say(tx, Saying.TOLD, in, person, review, "", now));
        String name = owner.map(Person::name).orElse("–");
        return kept(tx, in, review, by, Saying.NOT_YOURS, "with-somebody-else", name);
    }

    /** Nothing can be done with it any more; a problem is one all the same, and the leads hear of it. */
    private Outcome over(Handle tx, Incoming in, Review review, Person by, MailWord word, Instant now) {
        if (word == MailWord.PROBLEM) {
            people.leads(tx).stream()
                    .filter(lead -> !lead.id().equals(by.id()))
                    .forEach(lead -> post.say(tx, Saying.TOLD, in, lead, review, "", now));
        }
        return kept(tx, in, review, by, Saying.CLOSED, "closed", "");
    }

    /** Keeps the words and the files, changes nothing, and says why. */
    Outcome kept(Handle tx, Incoming in, Review review, Person by, Saying why, String rule, String extra) {
        comment(tx, in, review, by);
        return Outcome.of(Decision.COMMENTED, rule).on(review.ref()).telling(Reply.said(review, why, extra));
    }

    private Outcome refused(Handle tx, Incoming in, Review review, Person by, Problem problem) {
        comment(tx, in, review, by);
        Saying why = why(problem);
        String extra = why == Saying.CHECKS || why == Saying.FAILING
                ? String.join(", ", problem.values())
                : Objects.requireNonNullElse(in.understood().to(), "");
        return Outcome.of(Decision.REJECTED, why.word().replace('_', '-'), problem.text())
                .on(review.ref())
                .telling(Reply.said(review, why, extra));
    }

    /** What was refused: that of the first field, where a field was. */
    private static String code(Problem problem) {
        return problem.errors().isEmpty()
                ? problem.code()
                : problem.errors().get(0).code();
    }

    private static Saying why(Problem problem) {
        return switch (code(problem)) {
            case "there_are_changes" -> Saying.CHANGES;
            case "checks_changed" -> Saying.CHECKS;
            case "checks_fail" -> Saying.FAILING;
            case "unknown_person", "not_an_email" -> Saying.UNKNOWN_PERSON;
            case "to_self" -> Saying.TO_SELF;
            case "chain_too_long" -> Saying.CHAIN_TOO_LONG;
            case "bad_value" -> Saying.BAD_DAY;
            case "too_often" -> Saying.TOO_OFTEN;
            case "asked_too_often" -> Saying.ASKED_TOO_OFTEN;
            case "assurance_too_low", "required", "waiver_required", "answer_required" -> Saying.PAGE;
            default -> Saying.REFUSED;
        };
    }

    /** Keeps what the person wrote, and the files, with the review. */
    void comment(Handle tx, Incoming in, Review review, Person by) {
        remarks.comment(tx, review, note(in.understood().words()), in.kept(), Incoming.actor(by), Channel.REPLY);
    }

    private void keepFiles(Handle tx, Incoming in, Review review, Person by) {
        if (!in.kept().isEmpty()) {
            remarks.comment(tx, review, null, in.kept(), Incoming.actor(by), Channel.REPLY);
        }
    }

    Ties ties(Handle tx, Person person, Review review) {
        return Ties.of(person, people.teams(tx, person), review, assets.byId(tx, review.assetId()));
    }

    private static @Nullable String note(String text) {
        return text.isBlank() ? null : Cut.to(text, NOTE);
    }
}
