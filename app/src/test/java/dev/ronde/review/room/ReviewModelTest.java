package dev.ronde.review.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.TestReviews;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.review.estate.Covered;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two years of random answers, edits and outages against a model of a few lines: each slot is there exactly once, a due date is what
 * the rule says, nothing stays open behind its window, no gap is over its limit without saying so, and every step left its record.
 */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
class ReviewModelTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Instant END = Instant.parse("2028-03-02T08:00:00Z");

    @AutoClose
    private final TestReviews room;

    private Random random = new Random(0);
    private int months;
    private LocalDate anchor = LocalDate.EPOCH;
    private Integer gap;
    private Covered asset;
    /** Nobody does anything in time. */
    private boolean idle;

    ReviewModelTest(DatabaseKind kind) {
        room = new TestReviews(kind);
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, "full".equals(System.getProperty("ronde.scale")) ? 6 : 2);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void holdsWhateverPeopleDo(long seed) {
        random = new Random(seed);
        months = List.of(1, 2, 3, 6).get(random.nextInt(4));
        anchor = LocalDate.of(2026, 1 + random.nextInt(6), 1 + random.nextInt(28))
                .plusDays(random.nextInt(3));
        gap = random.nextBoolean() ? months * 31 : null;
        asset = room.estate.add("web-01", "high", room.alice.id());
        apply();
        LocalDate enrolledOn = LocalDate.ofInstant(room.clock.instant(), PARIS);
        while (room.clock.instant().isBefore(END)) {
            // most days are ordinary; now and then nobody is there for weeks
            int days = random.nextInt(12) == 0 ? 20 + random.nextInt(60) : 1 + random.nextInt(6);
            room.clock.advance(Duration.ofDays(days).plusMinutes(random.nextInt(600)));
            room.sweep();
            somebodyActs();
            room.sweep();
        }
        List<Review> rows = room.of(asset);
        Instant now = room.clock.instant();
        everySlotOnce(rows, enrolledOn, LocalDate.ofInstant(now, PARIS));
        for (int index = 0; index < rows.size(); index++) {
            dueAsTheRuleSays(rows, index);
            nothingStaysBehind(rows.get(index), now);
        }
        noGapInSilence(rows, now);
        everyStepHasItsRecord(rows);
    }

    private void apply() {
        room.apply("""
                id: plan
                title: Plan
                scope: {}
                cadence: {every: P%dM, anchor: %s}
                zone: Europe/Paris
                lead_time: P%dD
                missed_after: P%dD
                %s
                """.formatted(
                        months,
                        anchor,
                        3 + random.nextInt(10),
                        5 + random.nextInt(20),
                        gap == null ? "" : "max_gap_days: " + gap));
    }

    private void somebodyActs() {
        List<Review> open = room.of(asset).stream()
                .filter(review -> review.stateAt(room.clock.instant()).waiting())
                .toList();
        if (random.nextInt(idle ? 30 + 10 * months : 25) == 0) {
            idle = !idle;
            lateOnes();
        }
        if (idle) {
            return;
        }
        switch (random.nextInt(8)) {
            case 0 -> apply();
            case 1, 2 -> {
                // nobody does anything
            }
            case 3 ->
                open.stream()
                        .findFirst()
                        .ifPresent(review -> room.byLink(room.alice, room.reload(review), new ReviewAct.Acknowledge()));
            default ->
                open.stream().findFirst().ifPresent(review -> {
                    Review done = room.attest(review, room.alice);
                    if (random.nextInt(10) == 0) {
                        withdraw(done);
                    }
                });
        }
    }

    private void withdraw(Review done) {
        room.byLink(room.alice, room.reload(done), new ReviewAct.Withdraw());
    }

    /** When nobody has done anything for long, there are several. */
    private void lateOnes() {
        for (int late = random.nextInt(6); late > 0; late--) {
            doneLate();
            room.clock.advance(Duration.ofDays(random.nextInt(3)));
        }
    }

    /** One of those that were missed, whichever it is. */
    private void doneLate() {
        List<Review> late = room.of(asset).stream().filter(Review::completable).toList();
        if (!late.isEmpty()) {
            Review done = room.attest(late.get(random.nextInt(late.size())), room.alice);
            if (random.nextInt(3) == 0) {
                withdraw(done);
            }
        }
    }

    private void everySlotOnce(List<Review> rows, LocalDate enrolledOn, LocalDate today) {
        List<LocalDate> expected = new ArrayList<>();
        LocalDate slot = anchor;
        for (int n = 1; expected.isEmpty() || !expected.get(expected.size() - 1).isAfter(today.plusMonths(13)); n++) {
            if (!slot.isBefore(enrolledOn)) {
                expected.add(slot);
            }
            slot = anchor.plusMonths((long) n * months);
        }
        assertThat(rows.stream()
                        .filter(review -> review.closing().cancelledAt() == null)
                        .map(review -> review.dates().scheduledOn())
                        .sorted())
                .containsExactlyElementsOf(expected);
    }

    private void dueAsTheRuleSays(List<Review> rows, int index) {
        Review review = rows.get(index);
        LocalDate slot = review.dates().scheduledOn();
        LocalDate before = index == 0 ? null : performedBeforeItEnded(rows.get(index - 1), review);
        LocalDate due =
                before == null || gap == null || !before.plusDays(gap).isBefore(slot) ? slot : before.plusDays(gap);
        assertThat(review.dates().dueOn()).as(review.ref() + " of " + slot).isEqualTo(due);
    }

    /** What was done late once this had ended moves it no more. */
    private static LocalDate performedBeforeItEnded(Review previous, Review review) {
        Instant performedAt = previous.attestation().attestedAt();
        Instant missedAt = review.closing().missedAt();
        Instant endedAt = missedAt == null ? review.attestation().attestedAt() : missedAt;
        return performedAt != null && endedAt != null && performedAt.isAfter(endedAt)
                ? null
                : previous.attestation().performedOn();
    }

    private static void nothingStaysBehind(Review review, Instant now) {
        ReviewState state = review.stateAt(now);
        boolean closed = !now.isBefore(review.dates().missedFrom());
        assertThat(closed && (state.waiting() || state == ReviewState.SCHEDULED))
                .as(review.ref())
                .isFalse();
        assertThat(state == ReviewState.MISSED).isEqualTo(review.closing().missedAt() != null);
    }

    /** Between two performances there is either no more than the limit, or a row that says so. */
    private void noGapInSilence(List<Review> rows, Instant now) {
        LocalDate previous = null;
        List<Review> performed = rows.stream()
                .filter(review -> review.attestation().attestedAt() != null)
                .sorted(Comparator.comparing(review -> review.attestation().attestedAt()))
                .toList();
        for (Review review : performed) {
            LocalDate performedOn = review.attestation().performedOn();
            if (previous != null) {
                long days = ChronoUnit.DAYS.between(previous, performedOn);
                assertThat(review.gapDays(now)).as(review.ref()).contains(days);
                assertThat(review.gapOk(now).orElse(true)).isEqualTo(gap == null || days <= gap);
            }
            previous = performedOn;
        }
    }

    private void everyStepHasItsRecord(List<Review> rows) {
        for (Review review : rows) {
            List<String> records = room.records(review);
            assertThat(records).contains("review.scheduled");
            assertThat(records.stream().filter("review.opened"::equals).count())
                    .isEqualTo(review.opening().openedAt() == null ? 0 : 1);
            assertThat(records.stream().filter("review.missed"::equals).count())
                    .isEqualTo(review.closing().missedAt() == null ? 0 : 1);
            long attested = records.stream().filter("review.attested"::equals).count();
            long withdrawn = records.stream().filter("review.withdrawn"::equals).count();
            assertThat(attested - withdrawn).isEqualTo(review.attestation().attestedAt() == null ? 0 : 1);
        }
    }
}
