package dev.ronde.review.unchanged;

import dev.ronde.evidence.ledger.Hash;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.Ids;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewReader;
import dev.ronde.review.ReviewRow;
import dev.ronde.review.answer.AttestOutcome;
import dev.ronde.review.answer.AttestRequest;
import dev.ronde.review.answer.Checklist;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Situation;
import dev.ronde.review.answer.Verb;
import dev.ronde.review.answer.Visitor;
import dev.ronde.review.estate.CheckState;
import dev.ronde.review.plan.ChecklistItem;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Attesting many reviews with one signature, only where nothing changed since the last attestation and every check passes. Each is
 * judged again when it is signed, is a transaction and a record of its own of what was shown, and what no longer fits is left out with its
 * reason.
 */
public record Unchanged(Database database, InstantSource clock, Reviews reviews, ReviewReader reader) {
    static final int MOST = 200;

    private static final int MARK = 32;
    private static final Set<String> GOOD = Set.of("pass", "not_applicable");

    /**
     * One review as its signer saw it.
     *
     * @param seen the results that were shown, see {@link Situation#seen}; null takes those there are now
     */
    public record Pick(
            String ref,
            @Nullable String snapshotDigest,
            @Nullable String seen) {}

    public record Refused(String ref, Problem why) {

        public String code() {
            return fault().map(FieldError::code).orElse(why.code());
        }

        public String detail() {
            return fault().map(FieldError::message).orElse(why.text());
        }

        private Optional<FieldError> fault() {
            return why.errors().stream().findFirst();
        }
    }

    public record Result(String signature, List<String> attested, List<Refused> refused) {

        public Result {
            attested = List.copyOf(attested);
            refused = List.copyOf(refused);
        }
    }

    /**
     * One that may be signed together with others.
     *
     * @param mark stands for the results that are shown, see {@link #mark}
     */
    public record Offer(ReviewRow row, String digest, int checks, String mark) {}

    /** What these people or teams may sign together now, earliest due date first; more wait where the list is full. */
    public List<Offer> offers(Set<UUID> owners) {
        return database.read(handle -> {
            List<Offer> offers = new ArrayList<>();
            List<Review> waiting = owners.stream()
                    .flatMap(owner -> reviews.waitingWith(handle, owner).stream()
                            .filter(review -> owner.equals(review.ownerId())))
                    .sorted(Comparator.comparing(
                                    (Review review) -> review.dates().dueOn())
                            .thenComparing(Review::reviewNumber))
                    .toList();
            for (Review review : waiting) {
                Situation situation = reviews.situation(handle, review);
                if (unchanged(handle, review, situation)) {
                    String digest = Objects.requireNonNull(situation.digest());
                    offers.add(new Offer(
                            reader.get(handle, review.ref(), null),
                            digest,
                            situation.checks().size(),
                            mark(situation.checks())));
                }
                if (offers.size() == MOST) {
                    break;
                }
            }
            return offers;
        });
    }

    /** Marks the results, not the runs: the runs of 200 reviews would make a form of some hundred KB. */
    static String mark(List<CheckState> checks) {
        String said = checks.stream()
                .map(check -> check.check() + " " + check.outcome() + " " + check.stale())
                .sorted()
                .collect(Collectors.joining("\n"));
        return Hash.sha256(said).hex().substring(0, MARK);
    }

    /**
     * Signs them.
     *
     * @throws Problem 422 for none or too many
     */
    public Result attest(List<Pick> picks, @Nullable String note, Principal principal) {
        return attest(picks, Map.of(), note, principal);
    }

    /**
     * Signs what a page showed.
     *
     * @param marks by ref; whatever has other results than those by now is left out
     * @throws Problem 422 for none or too many
     */
    Result attest(List<Pick> picks, Map<String, String> marks, @Nullable String note, Principal principal) {
        if (picks.isEmpty() || picks.size() > MOST) {
            throw Problem.invalid(
                    "/reviews", picks.isEmpty() ? "required" : "too_many", "Name 1 to " + MOST + " reviews.");
        }
        String signature = Ids.next(clock).toString();
        List<String> attested = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        for (Pick pick : picks) {
            try {
                database.useTransaction(tx -> one(tx, pick, marks.get(pick.ref()), note, signature, principal));
                attested.add(pick.ref());
            } catch (Problem problem) {
                refused.add(new Refused(pick.ref(), problem));
            }
        }
        return new Result(signature, attested, refused);
    }

    private void one(
            Handle tx, Pick pick, @Nullable String mark, @Nullable String note, String signature, Principal principal) {
        Review review = reader.get(tx, pick.ref(), principal.confinedTo()).review();
        Visitor who = Visitor.of(principal);
        reviews.duties().require(tx, who, review, Verb.ATTEST);
        boolean answerable = Verb.ATTEST.from().fits(review, clock.instant());
        Situation situation = reviews.situation(tx, review);
        if (answerable && !unchanged(tx, review, situation)) {
            throw notUnchanged(review, situation);
        }
        if (answerable && mark != null && !mark.equals(mark(situation.checks()))) {
            throw Problem.conflict(
                    "results_changed",
                    "The checks of " + review.ref()
                            + " say something else than the page showed. Look at them and sign again.");
        }
        AttestRequest request = new AttestRequest(
                AttestOutcome.NO_CHANGE.word(),
                note,
                pick.snapshotDigest(),
                Map.of(),
                null,
                null,
                signature,
                mark == null ? pick.seen() : situation.seen());
        reviews.act(tx, review, new ReviewAct.Attest(request), who);
    }

    private static List<String> notGood(Situation situation) {
        return situation.checks().stream()
                .filter(check -> check.stale() || !GOOD.contains(check.outcome()))
                .map(CheckState::check)
                .toList();
    }

    private static Problem notUnchanged(Review review, Situation situation) {
        List<String> not = notGood(situation);
        return Problem.conflict(
                        "not_unchanged",
                        review.ref() + " is not unchanged and passing"
                                + (not.isEmpty() ? "" : " (these checks are not: " + String.join(", ", not) + ")")
                                + ", or asks for more than one word. Answer it by itself.")
                .values(not.toArray(String[]::new));
    }

    /**
     * Which reviews one signature may close: somebody attested this configuration before, values that move by themselves apart, every check that
     * says anything says pass and is fresh, and nothing else is asked. Everything else is answered item by item.
     */
    private boolean unchanged(Handle handle, Review review, Situation situation) {
        return review.stateAt(clock.instant()).waiting()
                && situation.baseline() != null
                && situation.digest() != null
                && situation.changes().isEmpty()
                && notGood(situation).isEmpty()
                && reviews.requiredNotOn(handle, review).isEmpty()
                && review.handling().problemAt() == null
                && review.handling().notMineAt() == null
                && Checklist.items(review.opening().checklist()).stream().noneMatch(ChecklistItem::required);
    }
}
