package dev.ronde.cadence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkingDaysTest {
    private static final WorkingDays PARIS = WorkingDays.of(ZoneId.of("Europe/Paris"));
    private static final WorkingDays TOKYO = WorkingDays.of(ZoneId.of("Asia/Tokyo"));

    @ParameterizedTest
    @CsvSource({
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2027-03-28",
        "2028-04-16",
        "2019-04-21",
        "2038-04-25",
        "2008-03-23",
        "1818-03-22",
        "1943-04-25",
        "2000-04-23"
    })
    void knowsEaster(LocalDate easter) {
        assertThat(Holidays.France.easter(easter.getYear())).isEqualTo(easter);
    }

    @Test
    void knowsTheElevenFrenchHolidaysOf2026() {
        List<LocalDate> holidays = new ArrayList<>();
        Holidays french = new Holidays.France();
        for (LocalDate date = LocalDate.of(2026, 1, 1); date.getYear() == 2026; date = date.plusDays(1)) {
            if (french.includes(date)) {
                holidays.add(date);
            }
        }
        assertThat(holidays.stream().map(LocalDate::toString))
                .containsExactly(
                        "2026-01-01",
                        "2026-04-06",
                        "2026-05-01",
                        "2026-05-08",
                        "2026-05-14",
                        "2026-05-25",
                        "2026-07-14",
                        "2026-08-15",
                        "2026-11-01",
                        "2026-11-11",
                        "2026-12-25");
    }

    @Test
    void theFirstOfMayIsAHolidayInParisOnly() {
        LocalDate mayDay = LocalDate.of(2026, 5, 1);
        assertThat(PARIS.includes(mayDay)).isFalse();
        assertThat(TOKYO.includes(mayDay)).isTrue();
        assertThat(PARIS.atOrAfter(mayDay)).isEqualTo(LocalDate.of(2026, 5, 4));
        assertThat(PARIS.atOrBefore(mayDay)).isEqualTo(LocalDate.of(2026, 4, 30));
    }

    @Test
    void movesByWorkingDays() {
        assertThat(PARIS.plus(LocalDate.of(2026, 3, 9), -1)).isEqualTo(LocalDate.of(2026, 3, 6));
        assertThat(PARIS.plus(LocalDate.of(2026, 5, 4), -1)).isEqualTo(LocalDate.of(2026, 4, 30));
        assertThat(PARIS.plus(LocalDate.of(2026, 5, 13), 1)).isEqualTo(LocalDate.of(2026, 5, 15));
        assertThat(PARIS.plus(LocalDate.of(2026, 3, 7), 0)).isEqualTo(LocalDate.of(2026, 3, 7));
    }

    @Test
    void refusesAWeekWithoutWork() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WorkingDays(Set.of(), Holidays.NONE));
    }

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
                assertThat(LocalDateTime.ofInstant(at.minusSeconds(1), zone)).isBefore(wanted);
            }
        }
    }
}
