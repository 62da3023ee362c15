package dev.ronde.dashboard;

import dev.ronde.platform.db.Database;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads the dashboard: four figures, two charts and what waits for a decision. */
public final class Overview {
    static final int DECISIONS = 10;
    private static final int WEEKS = 12;
    private static final Duration UNANSWERED = Duration.ofDays(14);
    private static final Duration MAIL_MEMORY = Duration.ofDays(30);

    private final Database database;
    private final InstantSource clock;

    public Overview(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * The figures at one instant.
     *
     * @param assets denominator of the coverage
     * @param weekChange change of the coverage against a week ago, in points
     * @param oldestDays how long the oldest overdue review has been due; 0 without one
     * @param longest the finding open longest; null without one
     */
    public record Figures(
            Map<ReviewStanding, Long> coverage,
            long assets,
            BigDecimal share,
            BigDecimal weekChange,
            long waiting,
            long overdue,
            long oldestDays,
            long findings,
            long findingAssets,
            long newFindings,
            @Nullable Exposure longest) {
        /** How many assets stand so. */
        public long count(String standing) {
            return coverage.entrySet().stream()
                    .filter(entry -> entry.getKey().word().equals(standing))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    /** An open exposure: from the first failing run until now, and from the last good one. */
    public record Exposure(
            String ref,
            String asset,
            String check,
            Duration shortest,
            @Nullable Duration longest) {}

    /** Everything the page shows about the estate. */
    public record View(
            Figures figures,
            TrendChart trend,
            TrendChart compactTrend,
            HeatMap heat,
            List<Decision> decisions,
            long waitingDecisions) {}

    /** Reads the view; a person restricts it to what that person answers for. */
    public View read(ZoneId zone, @Nullable UUID person) {
        Instant now = clock.instant();
        LocalDate today = now.atZone(zone).toLocalDate();
        return database.read(handle -> {
            Coverage coverage = Coverage.read(handle, now, person);
            List<TrendChart.Week> weeks = weeks(coverage, now, zone);
            List<Decision> all = person == null ? decisions(handle, now) : List.of();
            return new View(
                    figures(handle, coverage, weeks, now, zone, person),
                    TrendChart.of(weeks, 560, 200),
                    TrendChart.of(weeks, 320, 200),
                    heat(handle, today, person),
                    all.stream().limit(DECISIONS).toList(),
                    all.size());
        });
    }

    /** The assets with where they stand, by ref; only those of one standing where it is given. */
    public List<Coverage.Line> coverage(@Nullable ReviewStanding standing, @Nullable UUID person) {
        Instant now = clock.instant();
        return database.read(handle -> Coverage.read(handle, now, person).linesAt(now)).stream()
                .filter(line -> standing == null || line.standing() == standing)
                .toList();
    }

    private static List<TrendChart.Week> weeks(Coverage coverage, Instant now, ZoneId zone) {
        List<TrendChart.Week> weeks = new ArrayList<>();
        for (int ago = WEEKS; ago >= 0; ago--) {
            Instant at = now.minus(7L * ago, ChronoUnit.DAYS);
            Map<ReviewStanding, Long> counts = coverage.countsAt(at);
            long all = counts.values().stream().mapToLong(Long::longValue).sum();
            weeks.add(new TrendChart.Week(
                    at.atZone(zone).toLocalDate(), counts.getOrDefault(ReviewStanding.IN_DATE, 0L), all));
        }
        return weeks;
    }

    private static Figures figures(
            Handle handle,
            Coverage coverage,
            List<TrendChart.Week> weeks,
            Instant now,
            ZoneId zone,
            @Nullable UUID person) {
        TrendChart.Week last = weeks.get(weeks.size() - 1);
        TrendChart.Week before = weeks.get(weeks.size() - 2);
        Standing.ReviewCounts reviews = handle.attach(Standing.class).countReviews(now, person);
        LocalDate today = now.atZone(zone).toLocalDate();
        Instant monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                .atStartOfDay(zone)
                .toInstant();
        FindingDao.Counts findings = handle.attach(FindingDao.class).count(monday, person);
        return new Figures(
                coverage.countsAt(now),
                last.all(),
                last.percent(),
                last.percent().subtract(before.percent()),
                reviews.waiting(),
                reviews.overdue(),
                reviews.oldestDueOn() == null ? 0 : ChronoUnit.DAYS.between(reviews.oldestDueOn(), today),
                findings.open(),
                findings.assets(),
                findings.recent(),
                longest(handle, now, person));
    }

    private static @Nullable Exposure longest(Handle handle, Instant now, @Nullable UUID person) {
        return handle.attach(FindingDao.class).listLongest(person).stream()
                .findFirst()
                .map(row -> new Exposure(
                        row.ref(),
                        row.assetName(),
                        row.checkId(),
                        Duration.between(row.firstBadAt(), now),
                        row.lastGoodAt() == null ? null : Duration.between(row.lastGoodAt(), now)))
                .orElse(null);
    }

    private static HeatMap heat(Handle handle, LocalDate today, @Nullable UUID person) {
        LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        Map<LocalDate, Long> due =
                handle.attach(Standing.class).listDueDays(monday, monday.plusWeeks(HeatMap.WEEKS), person).stream()
                        .collect(Collectors.toMap(Standing.DueDay::dueOn, Standing.DueDay::due));
        return HeatMap.of(today, due);
    }

    private static List<Decision> decisions(Handle handle, Instant now) {
        DecisionDao dao = handle.attach(DecisionDao.class);
        return Stream.of(
                        handle.attach(FindingDao.class).listSerious(),
                        dao.listReported(now),
                        dao.listMissed(now),
                        dao.listUnanswered(now, now.minus(UNANSWERED)),
                        dao.listMail(now.minus(MAIL_MEMORY)),
                        dao.listUnowned())
                .flatMap(List::stream)
                .sorted(Comparator.comparingInt(Decision::rank).thenComparing(Decision::since))
                .toList();
    }
}
