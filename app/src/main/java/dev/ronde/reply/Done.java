package dev.ronde.reply;

import dev.ronde.review.Review;
import dev.ronde.review.answer.Action;
import java.util.Set;
import java.util.UUID;

/** The words of what was done to a review, each with its text in {@code reply.done.*}: those of the actions, and what some of them come to. */
public final class Done {
    /** A problem opened again what was attested. */
    public static final String REOPENED = "reopen";

    /** A problem with what was attested, whose window is over: another review waits with it. */
    public static final String ANEW = "anew";

    /** A pause beyond the due date became a question to the leads. */
    static final String MORE_TIME = "more_time";

    private static final String REFUSED = "refuse";

    /** What a page may be asked to say beside the words of the actions. */
    static final Set<String> OTHERS = Set.of("already", REOPENED, ANEW, REFUSED, MORE_TIME);

    private Done() {}

    /** What the action came to.
     *
     * @param before the review as it was
     * @param after as it is now
     * @param person who acted, or the team that was asked */
    public static String word(Action action, Review before, Review after, UUID person) {
        return switch (action) {
            case PROBLEM ->
                before.attestation().attestedAt() == null
                        ? action.word()
                        : before.id().equals(after.id()) ? REOPENED : ANEW;
            case NOT_MINE -> before.askedToTakeOver(person) ? REFUSED : action.word();
            case SNOOZE -> after.handling().askedSince(before.handling()) ? MORE_TIME : action.word();
            case ATTEST, ACKNOWLEDGE, DELEGATE, ACCEPT -> action.word();
        };
    }
}
