package dev.ronde.review.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.TestReviews;
import dev.ronde.review.estate.Covered;
import dev.ronde.testing.DatabaseKind;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Pitfalls of reviews.md that no other test names; {@link PitfallListTest} says where the others are. */
class PitfallsTest {
    private static final String EDITED = """
            id: monthly
            title: Monthly review
            scope: {}
            cadence: {every: P1M, anchor: 2026-03-12}
            zone: Europe/Paris
            lead_time: P42D
            missed_after: %s
            """;

    @AutoClose
    private final TestReviews room = new TestReviews(DatabaseKind.H2);

    @Test
    @DisplayName(
            "plan edit with open reviews: they keep their window, also when the one before them is done after the edit")
    void whatIsOpenKeepsThePlanItOpenedWith() {
        Covered asset = room.estate.add("web-01", "high", room.alice.id());
        room.apply(EDITED.formatted("P30D"));
        room.sweep();
        Review second = room.of(asset).get(1);
        assertThat(room.state(second)).isEqualTo(ReviewState.OPEN);
        room.apply(EDITED.formatted("P5D"));
        room.attest(room.first(asset), room.alice);
        Review after = room.reload(second);
        assertThat(after.dates().missedFrom()).isEqualTo(second.dates().missedFrom());
        assertThat(after.planVersion()).isEqualTo(1);
        assertThat(after.dates().previousOn()).isEqualTo(LocalDate.parse("2026-03-02"));
        Review later = room.of(asset).get(3);
        assertThat(later.planVersion()).isEqualTo(2);
        assertThat(later.dates().missedFrom())
                .isBefore(later.dates().overdueAt().plusSeconds(6 * 86_400));
    }

    @Test
    @DisplayName("§1 never shift a deadline to a working day: 1 May, a Saturday and a Sunday stay as they are")
    void aDeadlineIsNeverShifted() {
        Covered asset = room.estate.add("web-01", "high", room.alice.id());
        room.apply(EDITED.formatted("P30D").replace("2026-03-12", "2026-03-01"));
        List<LocalDate> due =
                room.of(asset).stream().map(review -> review.dates().dueOn()).toList();
        assertThat(due)
                .contains(LocalDate.parse("2026-05-01"), LocalDate.parse("2026-08-01"), LocalDate.parse("2026-11-01"));
    }

    @Test
    @DisplayName(
            "§1 zones are stored as ids, never offsets: a due day ends at the zone's midnight in summer and in winter")
    void aZoneIsStoredAsItsId() {
        Covered asset = room.estate.add("web-01", "high", room.alice.id());
        room.apply(EDITED.formatted("P30D"));
        assertThat(room.of(asset)).allSatisfy(review -> {
            assertThat(review.dates().zone().getId()).isEqualTo("Europe/Paris");
            assertThat(review.dates().overdueAt())
                    .isEqualTo(review.dates()
                            .dueOn()
                            .plusDays(1)
                            .atStartOfDay(review.dates().zone())
                            .toInstant());
        });
        assertThat(room.of(asset).stream()
                        .map(review -> review.dates().overdueAt().toString().substring(11))
                        .distinct())
                .containsExactlyInAnyOrder("23:00:00Z", "22:00:00Z");
    }

    @Test
    @DisplayName("§1 due <= now decides: however late and however often the sweep comes, it finds the same")
    void theSweepFindsWhatIsDueHoweverLateItComes() {
        Covered asset = room.estate.add("web-01", "high", room.alice.id());
        room.apply(EDITED.formatted("P10D"));
        room.at("2026-03-29T00:59:59Z").sweep();
        int records = room.records(room.first(asset)).size();
        assertThat(room.state(room.first(asset))).isEqualTo(ReviewState.MISSED);
        assertThat(room.at("2026-03-29T01:00:00Z").sweep()).isZero();
        assertThat(room.records(room.first(asset))).hasSize(records);
    }
}
