package dev.ronde.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.review.plan.PlanDefinition;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReviewStateTest {

    private static final PlanDefinition PLAN = TestReviews.plan(TestReviews.QUARTERLY);
    private static final LocalDate DUE = LocalDate.of(2026, 3, 12);

    @ParameterizedTest
    @CsvSource({
        // opened, acknowledged, attested, missed, cancelled, now, state, overdue
        "false, false, false, false, false, 2026-03-01T00:00:00Z, SCHEDULED, false",
        "false, false, false, false, false, 2026-03-12T22:59:59Z, SCHEDULED, false",
        "false, false, false, false, false, 2026-03-12T23:00:00Z, SCHEDULED, true",
        "true, false, false, false, false, 2026-03-12T22:59:59Z, OPEN, false", // due today is not overdue
        "true, false, false, false, false, 2026-03-12T23:00:00Z, OPEN, true", // midnight in Paris
        "true, true, false, false, false, 2026-03-12T22:59:59Z, ACKNOWLEDGED, false",
        "true, true, false, false, false, 2026-03-20T00:00:00Z, ACKNOWLEDGED, true",
        "true, true, false, false, false, 2026-04-11T21:59:59Z, ACKNOWLEDGED, true",
        "true, true, false, false, false, 2026-04-11T22:00:00Z, MISSED, false", // by itself, swept or not
        "false, false, false, false, false, 2026-04-11T22:00:00Z, MISSED, false",
        "true, false, false, true, false, 2026-04-11T22:00:00Z, MISSED, false",
        "true, true, true, false, false, 2026-03-10T00:00:00Z, ATTESTED, false",
        "true, true, true, false, false, 2026-05-10T00:00:00Z, ATTESTED, false",
        "true, true, false, false, true, 2026-05-10T00:00:00Z, CANCELLED, false",
        "false, false, false, false, true, 2026-03-01T00:00:00Z, CANCELLED, false",
    })
    void followsFromTheFactsAndTheTime(
            boolean opened,
            boolean acknowledged,
            boolean attested,
            boolean missed,
            boolean cancelled,
            Instant now,
            ReviewState state,
            boolean overdue) {
        Review review =
                review(DUE, null, opened, acknowledged, attested ? LocalDate.of(2026, 3, 10) : null, missed, cancelled);
        assertThat(review.stateAt(now)).isEqualTo(state);
        assertThat(review.overdueAt(now)).isEqualTo(overdue);
    }

    @ParameterizedTest
    @CsvSource({
        // previous, performed, now, gap, ok, late
        "2025-12-12, 2026-03-10, 2026-03-11T00:00:00Z, 88, true, 0",
        "2025-12-12, 2026-03-14, 2026-03-20T00:00:00Z, 92, true, 2", // in grace, and late all the same
        "2025-12-12, 2026-03-15, 2026-03-20T00:00:00Z, 93, false, 3",
        "2025-12-12, , 2026-03-14T10:00:00Z, 92, true, 2",
        "2025-12-12, , 2026-03-15T10:00:00Z, 93, false, 3",
        "2025-12-12, , 2026-06-15T10:00:00Z, 185, false, 30", // missed: to today
        "2026-04-01, , 2026-06-15T10:00:00Z, 75, true, 30", // missed, and the limit holds still
        ", 2026-03-10, 2026-03-11T00:00:00Z, , , 0", // the first one has nothing to count from
    })
    void countsTheGapAndTheLateness(
            LocalDate previous, LocalDate performed, Instant now, Long gap, Boolean ok, long late) {
        Review review = review(DUE, previous, true, false, performed, false, false);
        assertThat(review.gapDays(now).orElse(null)).isEqualTo(gap);
        assertThat(review.gapOk(now).orElse(null)).isEqualTo(ok);
        assertThat(review.daysLate(now)).isEqualTo(late);
    }

    @Test
    void aMissedReviewWithNothingBeforeItBreaksItsGap() {
        Review review = review(DUE, null, true, false, null, false, false);
        assertThat(review.gapOk(Instant.parse("2026-06-01T00:00:00Z"))).contains(false);
    }

    @Test
    void aMissedReviewBesideTheSlotsBreaksNoGap() {
        Review review = review(Review.DRIFT, DUE, null, true, false, null, false, false);
        assertThat(review.stateAt(Instant.parse("2026-06-01T00:00:00Z"))).isEqualTo(ReviewState.MISSED);
        assertThat(review.gapOk(Instant.parse("2026-06-01T00:00:00Z"))).isEmpty();
    }

    static Review review(
            LocalDate dueOn,
            @Nullable LocalDate previousOn,
            boolean opened,
            boolean acknowledged,
            @Nullable LocalDate performedOn,
            boolean missed,
            boolean cancelled) {
        return review(Review.SCHEDULED, dueOn, previousOn, opened, acknowledged, performedOn, missed, cancelled);
    }

    private static Review review(
            String cause,
            LocalDate dueOn,
            @Nullable LocalDate previousOn,
            boolean opened,
            boolean acknowledged,
            @Nullable LocalDate performedOn,
            boolean missed,
            boolean cancelled) {
        Instant at = Instant.parse("2026-02-27T00:00:00Z");
        Instant attestedAt = performedOn == null
                ? null
                : performedOn.atStartOfDay(PLAN.zone()).toInstant();
        return new Review(
                UUID.randomUUID(),
                1042,
                UUID.randomUUID(),
                1,
                "quarterly",
                1,
                UUID.randomUUID(),
                cause,
                null,
                ReviewDates.ending(PLAN, dueOn, dueOn, previousOn, dueOn),
                null,
                null,
                false,
                null,
                new Opening(opened ? at : null, null, null, null, null),
                new Handling(acknowledged ? at : null, null, null, null, null, 0, null, null, 0, null, null, null),
                new Attestation(
                        attestedAt,
                        attestedAt,
                        performedOn,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null),
                Approval.NONE,
                new Closing(missed ? at : null, null, null, null, cancelled ? at : null, null),
                DriftWindow.NONE,
                1);
    }
}
