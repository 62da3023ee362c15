package dev.ronde.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ronde.platform.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from calendars of holidays. */
class HolidayFileTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

    @Test
    void readsAllDayEventsWithTheirNames() {
        HolidayFile.Content content = read("""
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
                RRULE:FREQ=HOURLY\r
                SUMMARY:A meeting\r
                END:VEVENT\r
                BEGIN:VEVENT\r
                STATUS:CANCELLED\r
                DTSTART;VALUE=DATE:20261130\r
                END:VEVENT\r
                END:VCALENDAR\r
                """);
        assertThat(content.days())
                .extracting(Holiday::dayOn)
                .containsExactly(
                        LocalDate.of(2026, 10, 3),
                        LocalDate.of(2026, 12, 24),
                        LocalDate.of(2026, 12, 25),
                        LocalDate.of(2026, 12, 26));
        assertThat(content.leftOut()).isEqualTo(1);
        assertThat(content.days().get(0))
                .isEqualTo(
                        new Holiday("Europe/Berlin", LocalDate.of(2026, 10, 3), "Tag der Deutschen Einheit, Feiertag"));
    }

    @Test
    void aYearlyDayThatBeganLongAgoIsADayOfEachYearAhead() {
        List<LocalDate> days = days("DTSTART;VALUE=DATE:19700101", "RRULE:FREQ=YEARLY");
        assertThat(days).hasSize(12).startsWith(LocalDate.of(2025, 1, 1)).endsWith(LocalDate.of(2036, 1, 1));
        assertThat(days("DTSTART;VALUE=DATE:16010101", "RRULE:FREQ=YEARLY;INTERVAL=1;BYMONTH=1;BYMONTHDAY=1"))
                .isEqualTo(days);
    }

    /** A megabyte that was written to keep the server busy: each would take minutes or hours if work grew with its square. */
    @ParameterizedTest
    @ValueSource(strings = {"semicolons", "exceptions", "weekdays", "long ago", "zone"})
    void aHostileFileIsReadOrRefusedInTimeThatGrowsWithItsLength(String kind) {
        String day = "DTSTART;VALUE=DATE:20261225\n";
        int most = 1_000_000;
        String event = switch (kind) {
            case "semicolons" -> day + "X;" + "a=\"b\";".repeat(most / 6) + ":x";
            case "exceptions" -> {
                String some = IntStream.range(0, most / 18)
                        .mapToObj(i ->
                                LocalDate.of(1700, 1, 1).plusDays(i).toString().replace("-", ""))
                        .collect(Collectors.joining(","));
                yield day + "RDATE;VALUE=DATE:" + some + "\nEXDATE;VALUE=DATE:" + some;
            }
            case "weekdays" -> day + "RRULE:FREQ=YEARLY;BYDAY=" + "MO,".repeat(most / 3) + "FR";
            case "long ago" ->
                ("DTSTART;VALUE=DATE:16010101\nRRULE:FREQ=YEARLY;BYMONTHDAY=1;BYMONTH=1,2,3;UNTIL=20000101\n"
                                        + "END:VEVENT\nBEGIN:VEVENT\n")
                                .repeat(1999)
                        + day;
            default ->
                "DTSTART;TZID=Z:20261225T000000\nDURATION:P1D\nEND:VEVENT\nBEGIN:VTIMEZONE\nTZID:Z\nBEGIN:STANDARD\nDTSTART:16010101T000000\n"
                        + "TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRR\n ULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\n"
                        + day;
        };
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            try {
                HolidayFile.read(BERLIN, calendar(event), TODAY);
            } catch (Problem refused) {
                assertThat(refused.status()).isEqualTo(422);
            }
        });
    }

    private static String calendar(String event) {
        return "BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + event + "\nEND:VEVENT\nEND:VCALENDAR\n";
    }

    /** Rules as calendars of holidays have them, and the days of 2026 and 2027 they mean. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            19701126 | FREQ=YEARLY;BYMONTH=11;BYDAY=4TH | 2026-11-26 2027-11-25
            19700525 | FREQ=YEARLY;BYDAY=-1MO;BYMONTH=5 | 2026-05-25 2027-05-31
            20000101 | FREQ=YEARLY;BYMONTH=5;BYDAY=MO;BYMONTHDAY=18,19,20,21,22,23,24 | 2026-05-18 2027-05-24
            20000624 | FREQ=YEARLY;BYMONTH=6;BYDAY=SA;BYMONTHDAY=20,21,22,23,24,25,26 | 2026-06-20 2027-06-26
            19990704 | FREQ=YEARLY;UNTIL=20260704 | 2026-07-04
            20221108 | FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8 | 2026-11-03
            20251231 | FREQ=YEARLY;BYYEARDAY=-1 | 2026-12-31 2027-12-31
            20251001 | FREQ=YEARLY;BYMONTH=10;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1 | 2026-10-01 2027-10-01
            20200107 | FREQ=YEARLY;BYDAY=1TU | 2026-01-06 2027-01-05""")
    void followsTheRulesOfCalendars(String first, String rule, String expected) {
        List<LocalDate> days = days("DTSTART;VALUE=DATE:" + first, "RRULE:" + rule);
        assertThat(days.stream().filter(day -> day.getYear() == 2026 || day.getYear() == 2027))
                .containsExactlyElementsOf(
                        Arrays.stream(expected.split(" ")).map(LocalDate::parse).toList());
    }

    @Test
    void aDayThatAYearDoesNotHaveIsNoDayOfIt() {
        assertThat(days("DTSTART;VALUE=DATE:19920229", "RRULE:FREQ=YEARLY"))
                .containsExactly(LocalDate.of(2028, 2, 29), LocalDate.of(2032, 2, 29), LocalDate.of(2036, 2, 29));
    }

    @Test
    void exceptionsAndFurtherDaysAreFollowed() {
        assertThat(days(
                        "DTSTART;VALUE=DATE:20200501",
                        "RRULE:FREQ=YEARLY;UNTIL=20290101",
                        "EXDATE;VALUE=DATE:20260501,20270501",
                        "RDATE;VALUE=DATE:20260504",
                        "RDATE;VALUE=DATE:20270503"))
                .containsExactly(
                        LocalDate.of(2025, 5, 1),
                        LocalDate.of(2026, 5, 4),
                        LocalDate.of(2027, 5, 3),
                        LocalDate.of(2028, 5, 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DTSTART;VALUE=DATE:20261224 | DURATION:P3D | 3
            DTSTART;VALUE=DATE:20261224 | DURATION:P1W | 7
            DTSTART;VALUE=DATE:20261224 | DTEND;VALUE=DATE:20261224 | 1
            DTSTART;VALUE=DATE:20260706 | DTEND;VALUE=DATE:20260817 | 42
            DTSTART;TZID=Europe/Berlin:20261225T000000 | DTEND;TZID=Europe/Berlin:20261227T000000 | 2
            DTSTART;TZID="W. Europe: Standard Time":20261225T000000 | DTEND:20261226T000000 | 1
            DTSTART:20261225T000000 | DURATION:PT48H | 2""")
    void howLongAnEventLasts(String start, String end, int expected) {
        List<LocalDate> days = days(start, end);
        assertThat(days).hasSize(expected);
        assertThat(days.get(0)).isIn(LocalDate.of(2026, 12, 24), LocalDate.of(2026, 12, 25), LocalDate.of(2026, 7, 6));
    }

    @Test
    void readsAFileAsOfficeProgramsWriteIt() throws IOException {
        HolidayFile.Content content = read(office());
        assertThat(content.days())
                .filteredOn(day -> day.dayOn().getYear() == 2026)
                .containsExactly(
                        new Holiday("Europe/Berlin", LocalDate.of(2026, 1, 6), "Heilige Drei Könige; nur Bayern"));
        assertThat(content.leftOut()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RRULE:FREQ=YEARLY;BYWEEKNO=20",
                "RRULE:FREQ=YEARLY;RSCALE=CHINESE",
                "RRULE:FREQ=YEARLY;COUNT=3",
                "RRULE:FREQ=WEEKLY",
                "RRULE:FREQ=YEARLY;UNTIL=20271224T230000Z",
                "RECURRENCE-ID;VALUE=DATE:20260701",
                "RRULE:FREQ=YEARLY;BYMO",
                "RRULE:FREQ=YEARLY;BYDAY=1XX",
                "RRULE:FREQ=YEARLY;INTERVAL=0",
                "RRULE:FREQ=YEARLY;BYMONTH=13",
                "RRULE:FREQ=YEARLY;BYMONTH=-1",
                "RRULE:",
                "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
                "EXRULE:FREQ=YEARLY"
            })
    void refusesByNameOrLineARuleItDoesNotFollow(String rule) {
        refused("rule_not_followed", "DTSTART;VALUE=DATE:20260701", rule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DTSTART;VALUE=DATE:20260230 | X:
            DTSTART;VALUE=DATE:20260701 | DTEND;VALUE=DATE:20260630
            DTSTART;VALUE=DATE:20260701 | DTEND:20260702T000000
            DTSTART;VALUE=DATE:20260701 | DTEND;VALUE=DATE:20280701
            DTSTART:20261224T230000Z | DTEND:20261225T230000Z
            DTSTART;VALUE=DATE:20260701 | DURATION:PT5H
            DTSTART;VALUE=DATE:20260701 | DURATION:-P1D
            DTSTART;VALUE=DATE:20260701 | EXDATE;VALUE=DATE:20260701,
            DTSTART;VALUE=DATE:20260701 | RDATE;VALUE=PERIOD:20260701T000000Z/P1D
            DTSTART;VALUE=DATE:20260701 | DTSTART;VALUE=DATE:20260702""")
    void refusesByNameOrLineWhatItCannotRead(String one, String other) {
        refused("event_not_read", one, other);
    }

    @Test
    void refusesAFileThatIsNotWhole() {
        String whole = "BEGIN:VCALENDAR\n" + event("DTSTART;VALUE=DATE:20260701") + "END:VCALENDAR\n";
        assertThat(read(whole).days()).hasSize(1);
        refused("file_cut", whole.substring(0, whole.length() - 20));
        refused("file_cut", whole.replace("END:VEVENT\n", ""));
        refused("no_holidays", "");
        refused("no_holidays", whole.replace("2026", "2015"));
        refused("rule_not_followed", whole.replace("20260701", "20150701\nRRULE:FREQ=YEARLY;BYDAY=MO,WE,FR"));
        refused("too_many", whole.repeat(2001));
    }

    @Test
    void whatIsNestedInAnEventIsNotOfIt() {
        assertThat(days("DTSTART;VALUE=DATE:20260701", "BEGIN:VALARM", "TRIGGER:-PT15H", "DURATION:P5D", "END:VALARM"))
                .hasSize(1);
    }

    private static String event(String... lines) {
        return "BEGIN:VEVENT\nUID:1@example.org\n" + String.join("\n", lines) + "\nSUMMARY:Midsummer\nEND:VEVENT\n";
    }

    private static List<LocalDate> days(String... lines) {
        return read("BEGIN:VCALENDAR\n" + event(lines) + "END:VCALENDAR\n").days().stream()
                .map(Holiday::dayOn)
                .toList();
    }

    private static HolidayFile.Content read(String text) {
        return HolidayFile.read(BERLIN, text, TODAY);
    }

    private static String office() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(HolidayFileTest.class.getResourceAsStream("/holidays/office.ics"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void refused(String code, String... lines) {
        String text = lines.length == 1 ? lines[0] : "BEGIN:VCALENDAR\n" + event(lines) + "END:VCALENDAR\n";
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> read(text))
                .satisfies(problem -> assertThat(problem.errors().get(0).code())
                        .isIn(code, lines.length > 1 ? "line_not_read" : code))
                .satisfies(problem -> {
                    if (lines.length > 1) {
                        assertThat(problem.text()).containsAnyOf("“Midsummer”", "Line 5 (");
                    }
                });
    }
}
