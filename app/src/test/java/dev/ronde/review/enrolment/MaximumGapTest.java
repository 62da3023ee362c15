package dev.ronde.review.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.TestReviews;
import dev.ronde.review.estate.Covered;
import dev.ronde.testing.DatabaseKind;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The maximum gap counts from the last performance, whichever way the row of the next slot came to be. */
class MaximumGapTest {
    private static final int GAP = 92;

    @AutoClose
    private final TestReviews room = new TestReviews(DatabaseKind.H2);

    private final Covered asset = room.estate.add("web-01", "high", room.alice.id(), LocalDate.of(2025, 12, 12));

    @Test
    void whoIsAlwaysEarlyIsAskedAgainInTime() {
        room.apply(TestReviews.QUARTERLY.replace("every: P3M", "every: P6M"));
        for (int round = 0; round < 9; round++) {
            Review next = waiting().get(0);
            room.at(next.dates().opensAt().toString()).sweep();
            assertThat(room.state(next)).as("round " + round).isEqualTo(ReviewState.OPEN);
            LocalDate done =
                    room.attest(room.reload(next), room.alice).attestation().performedOn();
            assertThat(waiting())
                    .as("round " + round)
                    .isNotEmpty()
                    .first()
                    .extracting(review -> review.dates().dueOn())
                    .isEqualTo(done.plusDays(GAP));
            room.sweep();
            assertThat(waiting().get(0).dates().dueOn()).isEqualTo(done.plusDays(GAP));
        }
        assertThat(room.of(asset).stream().map(Review::slotNo)).doesNotHaveDuplicates();
    }

    @Test
    void whoLeavesTheScopeAndComesBackIsNotForgotten() {
        room.apply(TestReviews.QUARTERLY);
        Review first = room.first(asset);
        room.at(first.dates().opensAt().toString()).sweep();
        LocalDate done =
                room.attest(room.reload(first), room.alice).attestation().performedOn();
        assertThat(done).isBefore(first.dates().scheduledOn());
        room.estate.reclassify(asset, "low");
        room.sweep();
        assertThat(waiting()).isEmpty();
        room.estate.reclassify(asset, "high");
        room.sweep();
        assertThat(waiting().get(0).dates().dueOn()).isEqualTo(done.plusDays(GAP));
        assertThat(waiting().get(0).dates().previousOn()).isEqualTo(done);
    }

    @Test
    void whatIsOverdueTheMomentItIsExpectedIsCounted() {
        room.estate.add("web-02", "high", room.alice.id(), LocalDate.of(2025, 11, 1));
        assertThat(room.apply(TestReviews.QUARTERLY).effect().becameOverdue()).isEqualTo(1);
    }

    private List<Review> waiting() {
        return room.of(asset).stream()
                .filter(review -> !Performances.ended(review))
                .toList();
    }
}
