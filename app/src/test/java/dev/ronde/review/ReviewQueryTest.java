package dev.ronde.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.BigEstate;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lists of reviews: their order, also where an index finds what they show in another one. */
final class ReviewQueryTest {
    private static final ReviewFilter MISSED = new ReviewFilter(ReviewState.MISSED, null, null, null, null, null, null);

    /** Whose window ended before anybody closed it is found by the end of the window; the list goes by the due date. */
    @Test
    void missedReviewsComeByTheirDueDateHoweverManyWaitToBeClosed() {
        TestClock clock = TestClock.at("2026-03-03T09:00:00Z");
        try (TestApp app = TestApp.start(clock, Map.of())) {
            BigEstate.fill(app, 120);
            app.app().database().useTransaction(tx -> tx.execute("""
                    update review set due_on = due_on - 40, missed_from = missed_from + interval '9' day
                     where attested_at is null and mod(review_number, 10) = 4"""));
            Instant later = clock.instant().plus(Duration.ofDays(60));
            List<String> all = refs(app, later, 10_000);
            assertThat(all).hasSizeGreaterThan(20);
            assertThat(refs(app, later, 15))
                    .as("with more of them than are put in order")
                    .isEqualTo(all.subList(0, 10));
            assertThat(refs(app, later, 10_000).subList(0, 10)).isEqualTo(all.subList(0, 10));
        }
    }

    private static List<String> refs(TestApp app, Instant now, long most) {
        return app.app()
                .database()
                .read(handle -> new ReviewQuery(MISSED, now, most)
                        .list(handle, null, 0, most == 15 ? 10 : 1_000).stream()
                                .map(row -> row.review().ref())
                                .toList());
    }
}
