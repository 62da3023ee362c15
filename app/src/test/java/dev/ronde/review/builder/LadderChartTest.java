package dev.ronde.review.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.reminder.Ladder;
import dev.ronde.review.plan.PlanDefinition;
import dev.ronde.review.plan.PlanReader;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The time line of the preview: the days of the ladder itself, and no number over another. */
class LadderChartTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @Test
    void theDaysAreThoseOfTheLadderWithTheHolidaysOfTheZone() {
        // 6 April 2026 is Easter Monday, 1 May a holiday; what is due on a Saturday is told once, on the Friday
        List<String> told = Ladder.ahead(LocalDate.of(2026, 3, 28), LocalDate.of(2026, 4, 11), PARIS).stream()
                .map(one -> one.step() + " " + one.on())
                .toList();
        assertThat(told)
                .startsWith("opened 2026-03-30", "soon 2026-04-01", "due 2026-04-10", "overdue 2026-04-13")
                .contains("backup 2026-04-15", "manager 2026-04-21")
                .endsWith("lead 2026-04-30");
    }

    @Test
    void everyNumberStandsOnTheLineAndBesideTheOthers() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            PlanDefinition plan = plan(random.nextInt(60), random.nextInt(20), random.nextInt(120));
            LocalDate due = LocalDate.of(2026, 1, 1).plusDays(random.nextInt(700));
            List<LadderAhead.Told> told = Ladder.ahead(due.minus(plan.leadTime()), due, PARIS);
            boolean compact = random.nextBoolean();
            LadderChart chart = LadderChart.of(plan, due.minus(plan.leadTime()), due, told, compact);
            assertThat(chart.marks()).allSatisfy(mark -> {
                assertThat(mark.x()).isBetween(10, chart.width() - 10);
                assertThat(mark.y()).isBetween(10, chart.barY() - 10);
                assertThat(mark.on()).isBeforeOrEqualTo(due.plus(plan.missedAfter()));
            });
            assertThat(chart.marks().stream().map(LadderChart.Mark::on)).isSorted();
            assertThat(chart.marks().get(chart.marks().size() - 1).number())
                    .isEqualTo(chart.marks().size());
            for (LadderChart.Mark one : chart.marks()) {
                assertThat(chart.marks())
                        .filteredOn(other -> other.number() > one.number() && other.y() == one.y())
                        .allSatisfy(other -> assertThat(other.x() - one.x()).isGreaterThanOrEqualTo(20));
            }
            assertThat(chart.marks().stream().map(LadderChart.Mark::step)).contains("missed");
        }
    }

    private static PlanDefinition plan(int lead, int grace, int missed) {
        return new PlanReader(PARIS)
                .read("""
                        id: p
                        title: P
                        scope: {}
                        cadence: {monthly: last_day}
                        lead_time: P%dD
                        grace: P%dD
                        missed_after: P%dD
                        """.formatted(lead, grace, missed))
                .plans()
                .get(0);
    }
}
