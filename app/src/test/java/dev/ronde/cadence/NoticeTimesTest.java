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
        // zone, wanted, leaves
        "Europe/Paris, 2026-03-02T08:00:00Z, 2026-03-02T08:00:00Z", // Monday 09:00
        "Europe/Paris, 2026-03-02T06:29:59Z, 2026-03-02T06:30:00Z", // 07:29:59
        "Europe/Paris, 2026-03-02T17:59:59Z, 2026-03-02T17:59:59Z", // 18:59:59
        "Europe/Paris, 2026-03-02T18:00:00Z, 2026-03-03T06:30:00Z", // 19:00 begins the quiet hours
        "Europe/Paris, 2026-03-06T20:00:00Z, 2026-03-09T06:30:00Z", // Friday evening: Monday
        "Europe/Paris, 2026-03-07T10:00:00Z, 2026-03-09T06:30:00Z", // Saturday
        "Europe/Paris, 2026-04-30T18:00:00Z, 2026-05-04T05:30:00Z", // the eve of 1 May, then a weekend
        "Europe/Paris, 2026-03-28T10:00:00Z, 2026-03-30T05:30:00Z", // over the spring change
        "Europe/Paris, 2026-10-24T10:00:00Z, 2026-10-26T06:30:00Z", // over the autumn change
        "Asia/Tokyo, 2026-05-01T00:00:00Z, 2026-05-01T00:00:00Z",
        "America/Montreal, 2026-03-06T23:59:00Z, 2026-03-06T23:59:00Z",
        "America/Montreal, 2026-03-07T00:00:00Z, 2026-03-09T11:30:00Z",
    })
    void waitsForThePersonsWorkingHours(String zone, Instant wanted, Instant leaves) {
        assertThat(NoticeTimes.of(ZoneId.of(zone)).next(wanted)).isEqualTo(leaves);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-12, 2026-03-12T08:00:00Z", // a Thursday
        "2026-03-14, 2026-03-13T15:00:00Z", // Saturday: Friday 16:00
        "2026-03-29, 2026-03-27T15:00:00Z", // Sunday of the change: still winter time on Friday
        "2026-05-01, 2026-04-30T14:00:00Z", // 1 May: the day before
        "2026-04-06, 2026-04-03T14:00:00Z", // Easter Monday
    })
    void theDueDayNoticeIsPulledForwardNeverPushed(LocalDate due, Instant leaves) {
        assertThat(NoticeTimes.of(ZoneId.of("Europe/Paris")).dueDayNotice(due)).isEqualTo(leaves);
    }

    @Test
    void everyNextInstantIsOpenAndNoEarlierOneIs() {
        for (String id : new String[] {"Asia/Tokyo", "Europe/Paris", "America/Montreal", "America/New_York"}) {
            NoticeTimes times = NoticeTimes.of(ZoneId.of(id));
            Instant end = Instant.parse("2028-01-01T00:00:00Z");
            for (Instant at = Instant.parse("2024-01-01T00:07:00Z"); at.isBefore(end); at = at.plusSeconds(7 * 3600)) {
                Instant next = times.next(at);
                assertThat(times.open(next)).isTrue();
                assertThat(next.equals(at) || (!times.open(at) && !times.open(next.minusSeconds(1))))
                        .isTrue();
                assertThat(next).isAfterOrEqualTo(at);
            }
        }
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
