package dev.ronde.review.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.problem.Problem;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.TestReviews;
import dev.ronde.review.estate.Covered;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnOneDatabase(DatabaseKind.POSTGRESQL)
class ReviewSweepTest {

    @AutoClose
    private final TestReviews room;

    ReviewSweepTest(DatabaseKind kind) {
        room = new TestReviews(kind);
    }

    @Test
    void opensAtTheStartOfTheDayInThePlansZone() {
        Covered asset = room.estate.add("web-01", "high", room.alice.id());
        room.apply(TestReviews.QUARTERLY.replace("2026-03-12", "2026-06-12"));
        Review review = room.first(asset);
        room.at("2026-05-28T21:59:59Z").sweep();
        assertThat(room.state(review)).isEqualTo(ReviewState.SCHEDULED);
        room.at("2026-05-28T22:00:00Z").sweep();
        assertThat(room.state(review)).isEqualTo(ReviewState.OPEN);
    }

    @Test
    void aClosedWindowBecomesMissedAndTheNextSlotStands() {
        Covered asset = room.estate.add("web-01", "high", room.alice.id(), LocalDate.of(2025, 12, 20));
        room.apply(TestReviews.QUARTERLY);
        Review first = room.first(asset);
        assertThat(first.dates().dueOn()).isEqualTo(LocalDate.of(2026, 3, 12));
        room.at("2026-04-11T22:00:00Z").sweep();
        first = room.reload(first);
        assertThat(first.closing().missedAt()).isNotNull();
        assertThat(room.records(first)).endsWith("review.missed");
        Review second = room.of(asset).get(1);
        assertThat(second.dates().dueOn()).isEqualTo(LocalDate.of(2026, 6, 12));
        assertThat(second.dates().previousOn()).isEqualTo(LocalDate.of(2025, 12, 20));
        room.at("2026-06-01T08:00:00Z").sweep();
        room.attest(second, room.alice);
        second = room.reload(second);
        assertThat(second.gapDays(room.clock.instant())).contains(163L);
        assertThat(second.gapOk(room.clock.instant())).contains(false);
    }

    @Test
    void afterAnOutageOfAYearEveryExpectedReviewIsARow() {
        Covered asset = room.estate.add("web-01", "high", room.alice.id());
        room.apply(TestReviews.QUARTERLY);
        room.at("2028-01-10T08:00:00Z").sweep();
        List<Review> rows = room.of(asset);
        assertThat(rows.stream()
                        .map(review -> review.dates().scheduledOn().toString())
                        .limit(8))
                .containsExactly(
                        "2026-03-12",
                        "2026-06-12",
                        "2026-09-12",
                        "2026-12-12",
                        "2027-03-12",
                        "2027-06-12",
                        "2027-09-12",
                        "2027-12-12");
        assertThat(rows.stream().limit(7).map(review -> review.stateAt(room.clock.instant())))
                .containsOnly(ReviewState.MISSED);
        assertThat(room.state(rows.get(7))).isEqualTo(ReviewState.OPEN);
        assertThat(rows.get(7).overdueAt(room.clock.instant())).isTrue();
        assertThat(rows.get(rows.size() - 1).dates().scheduledOn()).isAfter(LocalDate.of(2029, 2, 10));
        assertThat(rows.get(1).opening().openedAt()).isNull();
    }

    @Test
    void keepsThirteenMonthsAheadForEveryCadence() {
        for (String cadence :
                List.of("every: P1D, anchor: 2026-03-02", "every: P2Y, anchor: 2026-03-20", "monthly: last_day")) {
            Covered asset = room.estate.add("a" + cadence.hashCode(), "high", room.alice.id());
            room.apply("id: p" + (cadence.hashCode() & 0xffff) + "\ntitle: T\nscope: {assets: [" + asset.ref()
                    + "]}\ncadence: {" + cadence + "}\n");
            LocalDate last =
                    room.of(asset).get(room.of(asset).size() - 1).dates().scheduledOn();
            assertThat(last).isAfter(LocalDate.of(2027, 4, 2));
        }
        room.at("2026-03-25T08:00:00Z").sweep();
        assertThat(room.count("review")).isGreaterThan(420);
    }

    @Test
    void anOldLastReviewMakesTheFirstOneOverdueButNotMissedAtOnce() {
        Covered asset = room.estate.add("web-01", "high", room.alice.id(), LocalDate.of(2025, 6, 1));
        room.apply(TestReviews.QUARTERLY);
        Review first = room.first(asset);
        assertThat(first.dates().dueOn()).isEqualTo(LocalDate.of(2025, 9, 1));
        assertThat(room.state(first)).isEqualTo(ReviewState.OPEN);
        assertThat(first.overdueAt(room.clock.instant())).isTrue();
        room.at("2026-03-31T08:00:00Z").sweep();
        assertThat(room.state(first)).isEqualTo(ReviewState.OPEN);
        room.at("2026-04-01T22:00:00Z").sweep();
        assertThat(room.state(first)).isEqualTo(ReviewState.MISSED);
    }

    @Test
    void aNewSlotOpensEvenIfTheOldOneIsStillOpen() {
        Covered asset = room.estate.add("web-01", "high", room.alice.id());
        room.apply("id: monthly\ntitle: M\nscope: {}\ncadence: {monthly: {day: 10}}\nmissed_after: P60D\n");
        room.at("2026-04-01T08:00:00Z").sweep();
        assertThat(room.of(asset).stream().limit(2).map(review -> review.stateAt(room.clock.instant())))
                .containsExactly(ReviewState.OPEN, ReviewState.OPEN);
    }

    @Test
    void ofManyAtOnceExactlyOneAttests() throws Exception {
        Covered asset = room.estate.add("web-01", "high", room.alice.id());
        room.apply(TestReviews.QUARTERLY);
        Review review = room.first(asset);
        int writers = 8;
        var start = new CountDownLatch(1);
        var pool = Executors.newFixedThreadPool(writers);
        var results = new ArrayList<Future<Boolean>>();
        for (int writer = 0; writer < writers; writer++) {
            results.add(pool.submit(() -> {
                start.await();
                try {
                    room.attest(review, room.alice);
                    return true;
                } catch (Problem refused) {
                    return false;
                }
            }));
        }
        start.countDown();
        int won = 0;
        for (var result : results) {
            won += result.get() ? 1 : 0;
        }
        pool.shutdown();
        assertThat(won).isEqualTo(1);
        assertThat(room.records(review)).containsOnlyOnce("review.attested");
    }

    @Test
    void twoSweepsAtOnceOpenEachReviewOnce() throws Exception {
        room.estate.add("web-01", "high", room.alice.id());
        room.apply(TestReviews.QUARTERLY);
        for (int n = 0; n < 20; n++) {
            room.estate.add("web-1" + n, "high", room.alice.id());
        }
        var pool = Executors.newFixedThreadPool(2);
        var one = pool.submit(() -> room.sweep());
        var two = pool.submit(() -> room.sweep());
        one.get();
        two.get();
        pool.shutdown();
        assertThat(room.sweep()).isZero();
        assertThat(room.count("review")).isEqualTo(21 * 6L);
        assertThat(room.database.<Long>read(handle -> handle.createQuery(
                                "select count(*) from evidence_record where rec_type = 'review.opened'")
                        .mapTo(Long.class)
                        .one()))
                .isEqualTo(21);
    }
}
