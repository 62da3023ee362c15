package dev.ronde.cadence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalTimesTest {

    @ParameterizedTest
    @CsvSource({
        "2026-03-29, 02:30, Europe/Paris, 2026-03-29T01:00:00Z", // skipped: 03:00 is the next valid minute
        "2026-03-29, 02:00, Europe/Paris, 2026-03-29T01:00:00Z",
        "2026-03-29, 01:59, Europe/Paris, 2026-03-29T00:59:00Z",
        "2026-03-29, 03:00, Europe/Paris, 2026-03-29T01:00:00Z",
        "2026-10-25, 02:30, Europe/Paris, 2026-10-25T00:30:00Z", // twice: the first one
        "2026-10-25, 03:00, Europe/Paris, 2026-10-25T02:00:00Z",
        "2026-03-08, 02:30, America/Montreal, 2026-03-08T07:00:00Z",
        "2026-11-01, 01:30, America/Montreal, 2026-11-01T05:30:00Z",
        "2026-03-08, 02:15, America/New_York, 2026-03-08T07:00:00Z",
        "2026-11-01, 01:15, America/New_York, 2026-11-01T05:15:00Z",
        "2026-03-29, 02:30, Asia/Tokyo, 2026-03-28T17:30:00Z",
        "2024-09-08, 00:30, America/Santiago, 2024-09-08T04:00:00Z", // midnight itself is skipped
    })
    void hasOneAnswerForSkippedAndDoubledTimes(LocalDate date, LocalTime time, String zone, Instant expected) {
        assertThat(LocalTimes.at(date, time, ZoneId.of(zone))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Asia/Tokyo", "Europe/Paris", "America/Montreal", "America/New_York", "America/Santiago"})
    void theLastDayBeforeTheEndOfADayIsThatDay(String id) {
        ZoneId zone = ZoneId.of(id);
        for (LocalDate date = LocalDate.of(2024, 1, 1); date.getYear() < 2028; date = date.plusDays(1)) {
            assertThat(LocalTimes.lastDayBefore(LocalTimes.endOf(date, zone), zone))
                    .isEqualTo(date);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Asia/Tokyo", "Europe/Paris", "America/Montreal", "America/New_York", "America/Santiago"})
    void isTheFirstInstantThatShowsAtLeastThisTime(String id) {
        ZoneId zone = ZoneId.of(id);
        for (LocalDate date = LocalDate.of(2024, 1, 1); date.getYear() < 2028; date = date.plusDays(1)) {
            for (int minute = 0; minute < 24 * 60; minute += 90) {
                LocalTime time = LocalTime.ofSecondOfDay(minute * 60L);
                Instant at = LocalTimes.at(date, time, zone);
                LocalDateTime wanted = date.atTime(time);
                assertThat(LocalDateTime.ofInstant(at, zone)).isAfterOrEqualTo(wanted);
                LocalDateTime justBefore = LocalDateTime.ofInstant(at.minusSeconds(1), zone);
                assertThat(justBefore).isBefore(wanted);
            }
        }
    }
}
