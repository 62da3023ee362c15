package dev.ronde.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.cadence.LocalTimes;
import dev.ronde.cadence.NoticeTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LadderTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final NoticeTimes IN_PARIS = NoticeTimes.of(PARIS);

    @Test
    void climbsFromTheOpeningToTheOverdueMondaysAndThursdays() {
        LocalDate due = LocalDate.parse("2026-03-12");
        List<Step> steps = owner(
                Instant.parse("2026-02-25T23:00:00Z"), due, PARIS, IN_PARIS, Instant.parse("2026-03-20T12:00:00Z"));
        assertThat(steps)
                .extracting(step -> step.occasion().word() + " " + step.at())
                .containsExactly(
                        "assigned 2026-02-26T08:00:00Z",
                        "d-7 2026-03-03T08:00:00Z",
                        "d-1 2026-03-11T08:00:00Z",
                        "due 2026-03-12T08:00:00Z",
                        "overdue-2026-03-16 2026-03-16T08:00:00Z",
                        "overdue-2026-03-19 2026-03-19T08:00:00Z");
    }

    /** Cases 107 and 108: at nine where the owner is, on the morning before a holiday, and never after the day has ended at the site. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-01T08:00:00Z, 2026-03-12, Europe/Paris, America/Montreal, 2026-03-12T13:00:00Z",
        "2026-04-01T08:00:00Z, 2026-05-01, Europe/Paris, Europe/Paris, 2026-04-30T07:00:00Z",
        "2026-03-11T13:00:00Z, 2026-03-12, Europe/Paris, Europe/Paris, 2026-03-12T08:00:00Z",
        "2026-03-01T08:00:00Z, 2026-03-12, Pacific/Auckland, Pacific/Honolulu, 2026-03-11T19:00:00Z"
    })
    void theDueDayNotice(Instant since, LocalDate dueOn, ZoneId site, ZoneId owner, Instant expected) {
        List<Step> steps = owner(
                since,
                dueOn,
                site,
                NoticeTimes.of(owner),
                LocalTimes.endOf(dueOn, site).minusMillis(1));
        Step due = steps.get(steps.size() - 1);
        assertThat(due.topic()).isEqualTo(Topic.DUE);
        assertThat(due.at()).isEqualTo(expected);
        assertThat(steps)
                .as("nobody hears the same twice on that day, nor what was before the opening")
                .filteredOn(step -> step.topic() != Topic.ASSIGNED && step.topic() != Topic.DUE)
                .allMatch(step -> step.at().isAfter(since)
                        && Duration.between(step.at(), expected).toHours() > 12);
    }

    /** Case 109: what comes up at night or on a weekend waits for 09:00. */
    @Test
    void quietHoursPushLater() {
        LocalDate due = LocalDate.parse("2026-04-30");
        Instant friday23 = Instant.parse("2026-03-06T22:00:00Z");
        Instant later = Instant.parse("2026-03-09T20:00:00Z");
        assertThat(owner(friday23, due, PARIS, IN_PARIS, later).get(0).at()).isEqualTo("2026-03-09T08:00:00Z");
        Instant noon = Instant.parse("2026-03-06T11:00:00Z");
        assertThat(owner(noon, due, PARIS, IN_PARIS, later).get(0).at()).isEqualTo(noon);
    }

    /** Case 106: 09:00 stays 09:00 on both sides of both changes of the clock. */
    @Test
    void nineIsNineAcrossDaylightSaving() {
        LocalDate springDue = LocalDate.parse("2026-03-30");
        assertThat(Ladder.lastCall(IN_PARIS, springDue)).isEqualTo("2026-03-27T08:00:00Z");
        assertThat(IN_PARIS.morningOf(springDue)).isEqualTo("2026-03-30T07:00:00Z");
        LocalDate autumnDue = LocalDate.parse("2026-10-26");
        assertThat(Ladder.lastCall(IN_PARIS, autumnDue)).isEqualTo("2026-10-23T07:00:00Z");
        assertThat(IN_PARIS.morningOf(autumnDue)).isEqualTo("2026-10-26T08:00:00Z");
    }

    @Test
    void escalatesByWorkingDaysAndThenEveryWeek() {
        LocalDate due = LocalDate.parse("2026-03-12");
        Instant now = Instant.parse("2026-04-17T12:00:00Z");
        assertThat(Ladder.ofEscalation(Topic.BACKUP, due, IN_PARIS, now))
                .extracting(step -> step.occasion().word() + " " + step.at())
                .containsExactly("backup 2026-03-17T08:00:00Z");
        assertThat(Ladder.ofEscalation(Topic.MANAGER, due, IN_PARIS, now))
                .extracting(step -> step.occasion().word() + " " + step.at())
                .containsExactly("manager 2026-03-23T08:00:00Z");
        assertThat(Ladder.ofEscalation(Topic.LEAD, due, IN_PARIS, now))
                .extracting(step -> step.occasion().word() + " " + step.at())
                .containsExactly(
                        "lead 2026-04-01T07:00:00Z",
                        "lead-2026-04-08 2026-04-08T07:00:00Z",
                        "lead-2026-04-15 2026-04-15T07:00:00Z");
        assertThat(Ladder.ofEscalation(Topic.BACKUP, due, IN_PARIS, Instant.parse("2026-03-17T07:59:00Z")))
                .isEmpty();
    }

    private static List<Step> owner(Instant since, LocalDate dueOn, ZoneId siteZone, NoticeTimes times, Instant now) {
        return Ladder.ofOwner(Step.of(Topic.ASSIGNED, Ladder.morning(since, times)), dueOn, siteZone, times, now);
    }
}
