package dev.ronde.review.enrolment;

import dev.ronde.review.Review;
import dev.ronde.review.estate.Covered;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** On which day an asset was last looked at, read from the rows of its enrolment. */
final class Performances {

    private Performances() {}

    /** Those of the rows of an enrolment whose slots lie before this one's, in their order. */
    static List<Review> before(Review review, List<Review> all) {
        return all.stream().filter(other -> other.slotNo() < review.slotNo()).toList();
    }

    /**
     * The newest performance before this row's own, or before the end of its window while it has none, whatever slot it was for; the
     * inventory's date where there is none.
     */
    static @Nullable LocalDate previousOn(Review review, List<Review> all, Covered asset) {
        LocalDate known = asset.lastReviewOn();
        LocalDate performedOn = review.attestation().performedOn();
        LocalDate lastDay = performedOn == null ? review.lastDay() : performedOn;
        return newest(
                all.stream().filter(other -> cameBefore(other, review)).toList(),
                known != null && known.isAfter(lastDay) ? null : known);
    }

    /** Whether the one was performed before the other was, or before the other's window ends while it is not. */
    private static boolean cameBefore(Review one, Review other) {
        Instant at = one.attestation().attestedAt();
        Instant end = other.attestation().attestedAt();
        if (at == null || one.id().equals(other.id())) {
            return false;
        }
        return (end != null && at.equals(end))
                ? one.slotNo() < other.slotNo()
                : at.isBefore(end == null ? other.dates().missedFrom() : end);
    }

    /** The newest performance in these rows; the inventory's date where there is none. */
    static @Nullable LocalDate previousOn(List<Review> all, Covered asset) {
        return newest(all, asset.lastReviewOn());
    }

    private static @Nullable LocalDate newest(List<Review> rows, @Nullable LocalDate known) {
        LocalDate newest = known;
        for (Review review : rows) {
            LocalDate performedOn = review.attestation().performedOn();
            if (performedOn != null && (newest == null || performedOn.isAfter(newest))) {
                newest = performedOn;
            }
        }
        return newest;
    }

    /** The performance of the last of the rows before a slot; null where it is open or missed, the inventory's date where there is none. */
    static @Nullable LocalDate countsFrom(List<Review> before, Covered asset) {
        Review last = null;
        for (Review review : before) {
            if (review.closing().cancelledAt() == null) {
                last = review;
            }
        }
        return last == null ? asset.lastReviewOn() : last.attestation().performedOn();
    }

    /** True for rows whose dates no later event may move. */
    static boolean ended(Review review) {
        return review.closing().cancelledAt() != null
                || review.closing().missedAt() != null
                || review.attestation().attestedAt() != null;
    }
}
