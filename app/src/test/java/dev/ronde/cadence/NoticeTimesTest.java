package dev.ronde.cadence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticeTimesTest {

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
