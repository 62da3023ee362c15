package dev.ronde.review.answer;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.Review;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.estate.Estate;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Who may do what with a review, on the pages and by programs: what their {@link Ties} say, as by link and by mail, and leads
 * everything. Who sees a review may not answer it for that alone.
 */
public record Duties(Estate estate, People people) {
    private static final String NOBODY = "nobody";

    public Ties ties(Handle handle, Visitor who, Review review) {
        Covered asset = estate.find(handle, review.assetId()).orElseThrow();
        return Ties.of(who.standsFor(), review, asset.ownerId(), asset.backupId());
    }

    /** Whether they may do it; a problem with what was attested as {@link Ties#mayReport} says. */
    public static boolean may(Ties ties, Visitor who, Review review, Verb verb) {
        return switch (verb.who()) {
            case LEAD -> who.decides();
            case AUTHOR -> who.actor().ref().equals(review.attestation().performedBy());
            default -> who.decides() || answers(ties, who, review, verb);
        };
    }

    private static boolean answers(Ties ties, Visitor who, Review review, Verb verb) {
        boolean afterwards = verb == Verb.PROBLEM && review.attestation().attestedAt() != null;
        return afterwards ? ties.mayReport(review, who.actor().ref(), who.lead()) : ties.may(verb);
    }

    /** Whether they may add evidence: whoever has it, steps in or was asked. */
    public static boolean mayAdd(Ties ties, Visitor who) {
        return who.decides() || !ties.witness();
    }

    /**
     * Refuses who may not, but for what asks first how the review stands: only who was asked takes it over, only who attested it takes that back.
     *
     * @throws Problem 403: {@code attested_by_another} where it is a problem with what was attested; {@code accept_first} for whoever was only asked
     *     to take it over, {@code not_yours} for everybody else, both of which name who has the review
     */
    public void require(Handle handle, Visitor who, Review review, Verb verb) {
        boolean later = verb.who() == Verb.Who.AUTHOR || verb.who() == Verb.Who.ASKED;
        if (later || may(ties(handle, who, review), who, review, verb)) {
            return;
        }
        if (verb.who() == Verb.Who.LEAD) {
            throw Problem.forbidden("Only leads may do this.");
        }
        // before it is attested everybody may report one
        throw verb == Verb.PROBLEM ? attestedByAnother(review) : refusal(handle, who, review);
    }

    public void requireAdding(Handle handle, Visitor who, Review review) {
        if (!mayAdd(ties(handle, who, review), who)) {
            throw refusal(handle, who, review);
        }
    }

    private static Problem attestedByAnother(Review review) {
        return Problem.of(
                403,
                "attested_by_another",
                review.ref() + " was attested by somebody else. Tell the compliance lead what is wrong.");
    }

    private Problem refusal(Handle handle, Visitor who, Review review) {
        String holder = holder(handle, review);
        Problem refused = ties(handle, who, review).asked()
                ? Problem.of(
                        403,
                        "accept_first",
                        review.ref() + " was passed on to you, and " + holder
                                + " has it until you take it over. Accept it first, or say that it is not yours.")
                : Problem.of(
                        403,
                        "not_yours",
                        review.ref() + " is with " + holder
                                + ". You may look at it and report a problem; the compliance lead can assign it.");
        return refused.values(holder.equals(NOBODY) ? "–" : holder);
    }

    private String holder(Handle handle, Review review) {
        UUID id = review.holder(
                estate.find(handle, review.assetId()).map(Covered::ownerId).orElse(null));
        return Optional.ofNullable(id)
                .flatMap(one -> people.find(handle, one))
                .map(Person::name)
                .orElse(NOBODY);
    }
}
