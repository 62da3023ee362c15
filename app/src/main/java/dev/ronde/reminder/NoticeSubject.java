package dev.ronde.reminder;

import dev.ronde.evidence.Subject;
import dev.ronde.review.Review;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a notice is about.
 *
 * @param kind {@code review}, {@code finding}, {@code waiver}, {@code request} or {@code check}
 * @param asset ref of its asset; null for a review, whose asset is looked up when it is told
 */
record NoticeSubject(
        String kind,
        UUID id,
        String about,
        Subject recorded,
        @Nullable String asset) {
    static final String REVIEW = "review";
    static final String FINDING = "finding";
    static final String WAIVER = "waiver";

    /** A waiver that waits for a decision; {@link #WAIVER} is one that ends. */
    static final String REQUEST = "request";

    static final String CHECK = "check";

    static NoticeSubject of(Review review) {
        return new NoticeSubject(
                REVIEW, review.id(), review.ref(), Subject.of(REVIEW, review.ref(), review.version()), null);
    }
}
