package dev.ronde.review.room;

import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.answer.Attesting;
import dev.ronde.review.answer.Duties;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Ties;
import dev.ronde.review.answer.Verb;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The forms on the page of a review: of the table of verbs, those that its reader can use now. */
record ReviewActs(Reviews reviews, Handle handle, PageVisitor visitor, Review review, Ties ties, Instant now) {
    private static final Set<Verb> BESIDE = Set.of(Verb.ATTEST, Verb.ACKNOWLEDGE, Verb.ACCEPT_DELEGATION);

    /**
     * One form.
     *
     * @param hint the key of what is said above its fields
     * @param first whether nothing else is left to do
     * @param urgent whether somebody waits for just this
     */
    public record Act(String word, String hint, List<String> fields, boolean first, boolean urgent) {}

    boolean may(Verb verb) {
        return visitor.acts()
                && (!visitor.byLink() || verb.byMail() != Verb.ByMail.NO)
                && verb.from().fits(review, now)
                && Duties.may(ties, visitor.who(), review, verb)
                && fits(verb);
    }

    private boolean fits(Verb verb) {
        Instant recordedAt = review.attestation().recordedAt();
        return switch (verb) {
            case ACKNOWLEDGE -> review.stateAt(now) == ReviewState.OPEN;
            case ACCEPT_DELEGATION -> ties.asked();
            case NOT_MINE -> visitor.who().lead() || !ties.witness();
            case WITHDRAW -> recordedAt != null && !now.isAfter(recordedAt.plus(Attesting.WITHDRAWAL));
            case APPROVE, REJECT ->
                !reviews.hadPart(handle, review, visitor.who().actor().ref());
            case REFUSE_TIME -> review.handling().timeAskedUntil() != null;
            default -> true;
        };
    }

    List<Act> offered() {
        return Arrays.stream(Verb.values())
                .filter(verb -> !BESIDE.contains(verb))
                .filter(this::may)
                .map(verb -> new Act(
                        verb.word(), hint(verb), fields(verb), verb == Verb.MISSED && urgent(verb), urgent(verb)))
                .toList();
    }

    /** The components of its record, but for what the page itself shows and carries. */
    private static List<String> fields(Verb verb) {
        return Arrays.stream(verb.act().getRecordComponents())
                .map(RecordComponent::getName)
                .filter(name -> !name.equals("reportedAt") && !(verb == Verb.REFUSE_TIME && name.equals("until")))
                .toList();
    }

    private String hint(Verb verb) {
        String key = "review.do." + verb.word() + ".hint";
        return switch (verb) {
            case PROBLEM -> review.attestation().attestedAt() == null ? key : "review.do.problem.attested";
            case SNOOZE -> visitor.who().lead() ? key + ".lead" : key;
            case NOT_MINE -> ties.takesOver(visitor.who().person(), review) ? "review.do.not-mine.refuse" : key;
            default -> key;
        };
    }

    private boolean urgent(Verb verb) {
        return switch (verb) {
            case DECIDE_PROBLEM, APPROVE -> true;
            case EXTEND -> review.handling().timeAskedUntil() != null;
            case MISSED -> review.closing().missedCause() == null;
            default -> false;
        };
    }
}
