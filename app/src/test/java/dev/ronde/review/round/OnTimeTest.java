package dev.ronde.review.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.review.Review;
import dev.ronde.review.TestReviews;
import dev.ronde.review.estate.Covered;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.math.BigDecimal;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnOneDatabase(DatabaseKind.POSTGRESQL)
class OnTimeTest {
    @AutoClose
    private final TestReviews room;

    OnTimeTest(DatabaseKind kind) {
        room = new TestReviews(kind);
    }

    @Test
    void missedLateAndWaivedAreDueAndNotOnTime() {
        Covered prompt = room.estate.add("web-01", "high", room.alice.id());
        Covered late = room.estate.add("web-02", "high", room.alice.id());
        Covered waived = room.estate.add("web-03", "high", room.bob.id());
        room.estate.add("web-04", "high", room.bob.id());
        room.apply(TestReviews.QUARTERLY);
        room.sweep();
        assertThat(onTime().due()).as("nothing is due yet").isZero();
        assertThat(onTime().percent()).isEqualByComparingTo("0");
        room.at("2026-03-12T20:00:00Z");
        room.attest(room.first(prompt), room.alice);
        room.attest(room.first(waived), room.bob);
        room.database.useTransaction(tx -> tx.execute(
                "update review set waiver_until = date '2026-06-01', waiver_reason = 'a reason' where id = ?",
                room.first(waived).id()));
        assertThat(onTime().due()).as("due today is not over yet").isZero();
        room.at("2026-03-18T08:00:00Z");
        room.attest(room.first(late), room.alice);
        room.at("2026-05-01T08:00:00Z");
        room.sweep();
        assertThat(onTime()).isEqualTo(new OnTime(4, 1));
        assertThat(onTime().percent()).isEqualTo(new BigDecimal("25.0"));
        assertThat(onTime(room.bob.id())).isEqualTo(new OnTime(2, 0));
    }

    @Test
    void theGraceOfTheVersionItStandsUnderIsOnTime() {
        Covered last = room.estate.add("web-01", "high", room.alice.id());
        Covered after = room.estate.add("web-02", "high", room.alice.id());
        Covered waived = room.estate.add("web-03", "high", room.alice.id());
        room.apply(TestReviews.QUARTERLY);
        room.sweep();
        room.at("2026-03-12T08:00:00Z");
        room.sweep();
        room.apply(TestReviews.QUARTERLY.replace("grace: P5D", "grace: P0D"));
        room.sweep();
        room.at("2026-03-17T22:30:00Z");
        Review graced = room.attest(room.first(last), room.alice);
        room.attest(room.first(waived), room.alice);
        room.database.useTransaction(tx -> tx.execute(
                "update review set waiver_until = date '2026-06-01', waiver_reason = 'a reason' where id = ?",
                room.first(waived).id()));
        assertThat(graced.daysLate(room.clock.instant()))
                .as("counted from the due date")
                .isEqualTo(5);
        room.at("2026-03-17T23:30:00Z");
        room.attest(room.first(after), room.alice);
        assertThat(onTime())
                .as("the sixth day after, in the zone of the plan, is late")
                .isEqualTo(new OnTime(3, 1));
    }

    /** Due on the 12th with five days of grace: neither in time nor late before the 18th in the zone of the plan. */
    @Test
    void whatWaitsWithinItsGraceIsNotDecided() {
        Covered prompt = room.estate.add("web-01", "high", room.alice.id());
        Covered waiting = room.estate.add("web-02", "high", room.alice.id());
        room.apply(TestReviews.QUARTERLY);
        room.sweep();
        room.at("2026-03-12T08:00:00Z");
        room.attest(room.first(prompt), room.alice);
        room.at("2026-03-17T22:30:00Z");
        assertThat(onTime()).isEqualTo(new OnTime(1, 1));
        room.at("2026-03-17T23:30:00Z");
        assertThat(onTime()).isEqualTo(new OnTime(2, 1));
        room.attest(room.first(waiting), room.alice);
        assertThat(onTime()).isEqualTo(new OnTime(2, 1));
    }

    @Test
    void aGraceThatOutlastsTheWindowMakesNothingOnTimeThatWasMissed() {
        Covered asset = room.estate.add("web-01", "high", room.alice.id());
        room.apply(TestReviews.QUARTERLY.replace("grace: P5D", "grace: P2M"));
        room.sweep();
        room.at("2026-03-01T08:00:00Z");
        room.sweep();
        room.at("2026-04-20T08:00:00Z");
        room.sweep();
        room.attest(room.first(asset), room.alice);
        assertThat(onTime()).isEqualTo(new OnTime(1, 0));
    }

    private OnTime onTime() {
        return onTime(null);
    }

    private OnTime onTime(UUID person) {
        return room.database
                .read(handle -> Progress.of(handle, "quarterly", room.clock.instant(), person))
                .onTime();
    }
}
