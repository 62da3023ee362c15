package dev.ronde.cadence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.cadence.Cadence.Every;
import dev.ronde.cadence.Cadence.Every.Unit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DueTest {
    @ParameterizedTest
    @CsvSource({
        "2026-09-01, 2026-02-20, 184, 2026-08-23", // an early completion pulls the next one
        "2026-09-01, 2026-03-01, 184, 2026-09-01", // exactly on time: 184 days
        "2026-09-01, 2026-03-05, 184, 2026-09-01", // a late one never pushes
        "2026-09-01, , 184, 2026-09-01", // missed or open before: nothing to count from
        "2026-09-01, 2026-02-20, , 2026-09-01", // no cap
        "2026-04-30, 2025-09-01, 92, 2025-12-02", // long ago: the past is said, not clamped
    })
    void isTheEarlierOfSlotAndLastPerformancePlusMaximumGap(
            LocalDate slot, LocalDate previous, Integer maxGap, LocalDate expected) {
        assertThat(Due.on(slot, previous, maxGap)).isEqualTo(expected);
    }

    @Test
    void noGapExceedsTheCapHoweverEarlyEachPerformanceIs() {
        for (LocalDate anchor = LocalDate.of(2024, 1, 1);
                anchor.isBefore(LocalDate.of(2028, 1, 1));
                anchor = anchor.plusDays(1)) {
            Cadence cadence = new Every(3, Unit.MONTHS, anchor);
            LocalDate previous = anchor;
            for (int n = 1; n <= 8; n++) {
                LocalDate due = Due.on(cadence.slot(n), previous, 92);
                LocalDate performed = due.minusDays((anchor.toEpochDay() + 5L * n) % 15);
                assertThat(performed.toEpochDay() - previous.toEpochDay()).isLessThanOrEqualTo(92);
                assertThat(due).isBeforeOrEqualTo(cadence.slot(n));
                previous = performed;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Asia/Tokyo", "Europe/Paris", "America/Montreal", "America/New_York", "Asia/Kolkata"})
    void aWindowEndsWithTheFirstInstantOfTheNextDayInTheZone(String id) {
        ZoneId zone = ZoneId.of(id);
        for (LocalDate due = LocalDate.of(2026, 1, 1); due.getYear() == 2026; due = due.plusDays(1)) {
            Instant end = Due.windowEnd(due, Period.ZERO, zone);
            assertThat(LocalTimes.dayOf(end, zone)).isEqualTo(due.plusDays(1));
            assertThat(LocalTimes.dayOf(end.minusNanos(1), zone)).isEqualTo(due);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-12, Asia/Tokyo, 2026-03-12T15:00:00Z",
        "2026-03-12, Europe/Paris, 2026-03-12T23:00:00Z",
        "2026-03-29, Europe/Paris, 2026-03-29T22:00:00Z",
        "2026-10-25, Europe/Paris, 2026-10-25T23:00:00Z",
        "2026-03-08, America/Montreal, 2026-03-09T04:00:00Z",
        "2026-11-01, America/New_York, 2026-11-02T05:00:00Z",
    })
    void endsAtThisInstant(LocalDate due, String zone, Instant end) {
        assertThat(LocalTimes.endOf(due, ZoneId.of(zone))).isEqualTo(end);
    }

    @Test
    void theWindowEndsAfterItsLastDay() {
        ZoneId paris = ZoneId.of("Europe/Paris");
        assertThat(Due.windowEnd(LocalDate.of(2026, 2, 28), Period.ofDays(30), paris))
                .isEqualTo(Instant.parse("2026-03-30T22:00:00Z"));
    }

    @Test
    void countsLateDaysFromTheDueDateWithoutGrace() {
        LocalDate due = LocalDate.of(2026, 3, 12);
        assertThat(Due.daysLate(due, due)).isZero();
        assertThat(Due.daysLate(due, due.minusDays(3))).isZero();
        assertThat(Due.daysLate(due, due.plusDays(5))).isEqualTo(5);
        assertThat(Due.withinGrace(due, Period.ofDays(5), due.plusDays(5))).isTrue();
        assertThat(Due.withinGrace(due, Period.ofDays(5), due.plusDays(6))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Paris, 2026-03-02T06:29:59Z, false", // 07:29:59
        "Europe/Paris, 2026-03-02T06:30:00Z, true",
        "Europe/Paris, 2026-03-02T17:59:59Z, true", // 18:59:59
        "Europe/Paris, 2026-03-02T18:00:00Z, false", // 19:00 begins the quiet hours
        "Europe/Paris, 2026-03-07T10:00:00Z, false", // Saturday
        "Europe/Paris, 2026-05-01T10:00:00Z, false",
        "Europe/Paris, 2026-03-30T05:30:00Z, true", // after the spring change
        "Asia/Tokyo, 2026-05-01T00:00:00Z, true",
        "America/Montreal, 2026-03-07T00:00:00Z, false",
    })
    void isOpenInThePersonsWorkingHours(String zone, Instant at, boolean open) {
        assertThat(NoticeTimes.of(ZoneId.of(zone)).open(at)).isEqualTo(open);
    }

    @Test
    void morningsAreNineOClockOfAWorkingDay() {
        NoticeTimes paris = NoticeTimes.of(ZoneId.of("Europe/Paris"));
        assertThat(paris.morningOf(LocalDate.of(2026, 5, 1))).isEqualTo(Instant.parse("2026-05-04T07:00:00Z"));
        assertThat(paris.nextMorning(Instant.parse("2026-03-02T08:00:00Z")))
                .isEqualTo(Instant.parse("2026-03-02T08:00:00Z"));
        assertThat(paris.nextMorning(Instant.parse("2026-03-02T08:00:01Z")))
                .isEqualTo(Instant.parse("2026-03-03T08:00:00Z"));
    }
}
