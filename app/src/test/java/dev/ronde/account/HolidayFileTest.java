package dev.ronde.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ronde.platform.problem.Problem;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read from calendars of holidays. */
class HolidayFileTest {

    @Test
    void readsAllDayEventsWithTheirNames() {
        List<Holiday> days = HolidayFile.read("Europe/Berlin", """
                BEGIN:VCALENDAR\r
                BEGIN:VEVENT\r
                DTSTART;VALUE=DATE:20261003\r
                SUMMARY:Tag der Deutschen\r
                  Einheit\\, Feiertag\r
                END:VEVENT\r
                BEGIN:VEVENT\r
                DTSTART;VALUE=DATE:20261224\r
                DTEND;VALUE=DATE:20261227\r
                SUMMARY:Weihnachten\r
                END:VEVENT\r
                BEGIN:VEVENT\r
                DTSTART:20261101T090000Z\r
                SUMMARY:A meeting\r
                END:VEVENT\r
                BEGIN:VEVENT\r
                STATUS:CANCELLED\r
                DTSTART;VALUE=DATE:20261130\r
                END:VEVENT\r
                END:VCALENDAR\r
                """);
        assertThat(days)
                .extracting(Holiday::dayOn)
                .containsExactly(
                        LocalDate.of(2026, 10, 3),
                        LocalDate.of(2026, 12, 24),
                        LocalDate.of(2026, 12, 25),
                        LocalDate.of(2026, 12, 26));
        assertThat(days.get(0))
                .isEqualTo(
                        new Holiday("Europe/Berlin", LocalDate.of(2026, 10, 3), "Tag der Deutschen Einheit, Feiertag"));
    }

    @Test
    void writesYearlyDaysOutAndRefusesOtherRules() {
        String yearly = "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY\nSUMMARY:New Year\nEND:VEVENT\n";
        assertThat(HolidayFile.read("UTC", yearly))
                .hasSize(10)
                .last()
                .satisfies(day -> assertThat(day.dayOn()).isEqualTo(LocalDate.of(2035, 1, 1)));
        refused("rule_not_followed", yearly.replace("FREQ=YEARLY", "FREQ=YEARLY;BYDAY=1MO"));
        refused("no_holidays", "");
        refused("no_holidays", "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261399\nEND:VEVENT\n");
    }

    private static void refused(String code, String text) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> HolidayFile.read("UTC", text))
                .satisfies(problem -> assertThat(problem.errors().get(0).code()).isEqualTo(code));
    }
}
