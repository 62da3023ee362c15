package dev.ronde.reply;

import dev.ronde.account.Person;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Verb;
import java.util.ArrayList;
import java.util.List;

/** The steps with one review that a receipt tells, each under the word of what is so now: a receipt may leave long after they were taken. */
final class Steps {
    private static final String ATTESTED = Verb.ATTEST.word();
    private static final String WITHDRAWN = Verb.WITHDRAW.word();

    /** The attestation waits for the second person. */
    static final String PENDING = ATTESTED + ".pending";

    /** The attestation was taken back, refused, or its review is open again. */
    static final String OVER = ATTESTED + ".over";

    private Steps() {}

    /** The words in {@code review.done.*}, one a step.
     *
     * @param taken the words they were recorded with, oldest first */
    static List<String> now(List<String> taken, Review review, Person person) {
        List<String> words = new ArrayList<>();
        for (int at = 0; at < taken.size(); at++) {
            List<String> later = taken.subList(at + 1, taken.size());
            String step = taken.get(at);
            if (step.equals(ATTESTED)) {
                boolean undone = later.contains(ATTESTED) || later.contains(WITHDRAWN) || later.contains(Verb.REOPENED);
                words.add(undone ? OVER : standing(review, person));
            } else {
                boolean anew = step.equals(Verb.REOPENED) && later.contains(ATTESTED);
                words.add(anew ? Verb.PROBLEM.word() : step);
            }
        }
        return words;
    }

    private static String standing(Review review, Person person) {
        if (review.attestation().attestedAt() == null
                || !person.actorRef().equals(review.attestation().performedBy())) {
            return OVER;
        }
        return review.approval().pending() ? PENDING : ATTESTED;
    }
}
