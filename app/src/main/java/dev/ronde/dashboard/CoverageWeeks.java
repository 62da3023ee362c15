package dev.ronde.dashboard;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.review.standing.ReviewStanding;
import dev.ronde.review.standing.Standings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * The coverage at each Monday's beginning in the installation's zone. The past is counted once, one week a tick, by the same words as
 * the figure of today; so the trend costs the dashboard twelve rows however large the estate is.
 */
public record CoverageWeeks(Database database, ZoneId zone) implements Tick {
    static final int WEEKS = 12;

    @Override
    public String name() {
        return "coverage-weeks";
    }

    /** Counts the newest of the last twelve weeks that has not been counted. */
    @Override
    public int run(Instant now) {
        List<LocalDate> mondays = mondays(now);
        return database.inTransaction(tx -> {
            Dao dao = tx.attach(Dao.class);
            Set<LocalDate> counted = dao.list(mondays.get(0), mondays.get(WEEKS - 1)).stream()
                    .map(Dao.Row::weekOn)
                    .collect(Collectors.toSet());
            for (int week = WEEKS - 1; week >= 0; week--) {
                if (!counted.contains(mondays.get(week))) {
                    dao.insert(row(Standings.countAt(tx, beginning(mondays.get(week)), null), mondays.get(week)));
                    return 1;
                }
            }
            return 0;
        });
    }

    /** The weeks counted so far, oldest first; those without assets are left out. */
    List<TrendChart.Week> counted(Handle handle, Instant now) {
        List<LocalDate> mondays = mondays(now);
        return handle.attach(Dao.class).list(mondays.get(0), mondays.get(WEEKS - 1)).stream()
                .filter(row -> row.all() > 0)
                .map(row -> new TrendChart.Week(row.weekOn(), row.inDate(), row.all()))
                .toList();
    }

    List<TrendChart.Week> countedFor(Handle handle, Instant now, UUID person) {
        List<TrendChart.Week> weeks = new ArrayList<>();
        for (LocalDate monday : mondays(now)) {
            Dao.Row row = row(Standings.countAt(handle, beginning(monday), person), monday);
            if (row.all() > 0) {
                weeks.add(new TrendChart.Week(monday, row.inDate(), row.all()));
            }
        }
        return weeks;
    }

    private static Dao.Row row(Map<ReviewStanding, Long> counts, LocalDate monday) {
        return new Dao.Row(
                monday,
                counts.getOrDefault(ReviewStanding.IN_DATE, 0L),
                counts.getOrDefault(ReviewStanding.LATE, 0L),
                counts.getOrDefault(ReviewStanding.NOT_YET, 0L),
                counts.getOrDefault(ReviewStanding.NO_PLAN, 0L));
    }

    private Instant beginning(LocalDate monday) {
        return monday.atStartOfDay(zone).toInstant();
    }

    private List<LocalDate> mondays(Instant now) {
        LocalDate newest = now.atZone(zone).toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        List<LocalDate> mondays = new ArrayList<>();
        for (int ago = WEEKS - 1; ago >= 0; ago--) {
            mondays.add(newest.minusWeeks(ago));
        }
        return mondays;
    }

    interface Dao {
        record Row(LocalDate weekOn, long inDate, long late, long notYet, long noPlan) {
            long all() {
                return inDate + late + notYet + noPlan;
            }
        }

        @SqlQuery("""
                select week_on, in_date, late, not_yet, no_plan from coverage_week
                 where week_on >= :from and week_on <= :to order by week_on""")
        List<Row> list(@Bind("from") LocalDate from, @Bind("to") LocalDate to);

        @SqlUpdate("""
                insert into coverage_week (week_on, in_date, late, not_yet, no_plan)
                values (:weekOn, :inDate, :late, :notYet, :noPlan)""")
        void insert(@BindMethods Row row);
    }

    /** The coverage of the last weeks as a line, in the coordinates of its own view box. Needs no script. */
    record TrendChart(int width, int height, String line, List<Point> points, List<Level> levels) {
        private static final int LEFT = 44;
        private static final int RIGHT = 10;
        private static final int TOP = 12;
        private static final int BOTTOM = 26;

        /** {@code day} is the last day of the week. */
        public record Point(String x, String y, LocalDate day, BigDecimal percent) {}

        public long weeksBack() {
            return points.isEmpty()
                    ? 0
                    : Math.round(ChronoUnit.DAYS.between(
                                    points.get(0).day(),
                                    points.get(points.size() - 1).day())
                            / 7.0);
        }

        public record Level(String y, String textY, int percent) {}

        record Week(LocalDate day, long inDate, long all) {
            BigDecimal percent() {
                return share(inDate, all);
            }
        }

        /** Percent with one decimal; 100 only if nothing is missing, 0 if there is nothing to count. */
        static BigDecimal share(long part, long all) {
            return all == 0
                    ? BigDecimal.ZERO.setScale(1)
                    : BigDecimal.valueOf(part * 100).divide(BigDecimal.valueOf(all), 1, RoundingMode.FLOOR);
        }

        static TrendChart of(List<Week> weeks, int width, int height) {
            int lowest = weeks.stream()
                    .map(Week::percent)
                    .mapToInt(BigDecimal::intValue)
                    .map(percent -> percent / 20 * 20)
                    .min()
                    .orElse(0);
            int floor = Math.min(80, lowest);
            List<Level> levels = new ArrayList<>();
            for (int percent = floor; percent <= 100; percent += floor == 80 ? 5 : 20) {
                double y = y(percent, floor, height);
                levels.add(new Level(number(y), number(y + 4), percent));
            }
            List<Point> points = new ArrayList<>();
            double step = (width - LEFT - RIGHT) / (double) Math.max(1, weeks.size() - 1);
            for (int i = 0; i < weeks.size(); i++) {
                Week week = weeks.get(i);
                double y = y(week.percent().doubleValue(), floor, height);
                points.add(new Point(number(LEFT + i * step), number(y), week.day(), week.percent()));
            }
            String line =
                    points.stream().map(point -> point.x() + "," + point.y()).collect(Collectors.joining(" "));
            return new TrendChart(width, height, line, points, levels);
        }

        private static double y(double percent, int floor, int height) {
            return TOP + (100 - percent) / (100 - floor) * (height - TOP - BOTTOM);
        }

        private static String number(double coordinate) {
            return String.format(Locale.ROOT, "%.1f", coordinate);
        }
    }
}
