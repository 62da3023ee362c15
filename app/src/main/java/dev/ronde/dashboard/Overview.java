package dev.ronde.dashboard;

import dev.ronde.asset.inventory.EstateSize;
import dev.ronde.coverage.LastingError;
import dev.ronde.coverage.LastingErrors;
import dev.ronde.dashboard.CoverageWeeks.TrendChart;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.schedule.KeptFigures;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.review.standing.ReviewStanding;
import dev.ronde.review.standing.Standings;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** Reads the dashboard: four figures, two charts and what waits for a decision. */
public final class Overview {
    static final int DECISIONS = 10;
    /** Places kept for requests of people, so that failures never hide them. */
    private static final int ASKED_PLACES = 3;

    private static final Duration UNANSWERED = Duration.ofDays(14);
    private static final int WAIVER_ENDS_DAYS = 7;

    private static final Comparator<Decision> URGENT_FIRST =
            Comparator.comparingInt(Decision::rank).thenComparing(Decision::since);

    private static final Duration ERRORS_AGE = Duration.ofMinutes(10);
    private static final Duration MAIL_MEMORY = Duration.ofDays(30);

    private final Database database;
    private final InstantSource clock;
    private final CoverageWeeks weeks;
    private final LastingErrors errors;
    private final KeptFigures<String, View> estate;

    public Overview(Database database, InstantSource clock, CoverageWeeks weeks, LastingErrors errors) {
        this.database = database;
        this.clock = clock;
        this.weeks = weeks;
        this.errors = errors;
        this.estate = new KeptFigures<>(
                "dashboard-figures", clock, EstateSize.large(database), "all", all -> readNow(weeks.zone(), null));
    }

    public Tick tick() {
        return estate;
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
        public long count(String standing) {
            return coverage.entrySet().stream()
                    .filter(entry -> entry.getKey().word().equals(standing))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    /** An open exposure: from the first failing run until now, and from the last good one. */
    public record Exposure(
            UUID finding,
            String ref,
            String asset,
            String check,
            Duration shortest,
            @Nullable Duration longest) {}

    /**
     * Everything the page shows about the estate.
     *
     * @param asOf when it was read
     */
    public record View(
            Instant asOf,
            Figures figures,
            TrendChart trend,
            TrendChart compactTrend,
            HeatMap heat,
            List<Decision> decisions,
            long waitingDecisions) {}

    /**
     * Reads the view; a person restricts it to what that person answers for. Everybody else sees the same figures, whose days and weeks
     * are those of the installation.
     *
     * @param zone where the days of the person begin
     */
    public View read(ZoneId zone, @Nullable UUID person) {
        return person == null ? estate.get() : readNow(zone, person);
    }

    private View readNow(ZoneId zone, @Nullable UUID person) {
        Instant now = clock.instant();
        LocalDate today = now.atZone(zone).toLocalDate();
        return database.read(handle -> {
            Map<ReviewStanding, Long> coverage = Standings.countAt(handle, now, person);
            List<TrendChart.Week> trend = trend(handle, coverage, now, zone, person);
            Decisions waiting = person == null ? decisions(handle, now) : new Decisions(List.of(), 0);
            return new View(
                    now,
                    figures(handle, coverage, trend, now, zone, person),
                    TrendChart.of(trend, 560, 200),
                    TrendChart.of(trend, 320, 200),
                    heat(handle, today, person),
                    waiting.first(),
                    waiting.all());
        });
    }

    private List<TrendChart.Week> trend(
            Handle handle, Map<ReviewStanding, Long> coverage, Instant now, ZoneId zone, @Nullable UUID person) {
        List<TrendChart.Week> all =
                new ArrayList<>(person == null ? weeks.counted(handle, now) : weeks.countedFor(handle, now, person));
        long assets = coverage.values().stream().mapToLong(Long::longValue).sum();
        all.add(new TrendChart.Week(
                now.atZone(zone).toLocalDate(), coverage.getOrDefault(ReviewStanding.IN_DATE, 0L), assets));
        return all;
    }

    private static Figures figures(
            Handle handle,
            Map<ReviewStanding, Long> coverage,
            List<TrendChart.Week> weeks,
            Instant now,
            ZoneId zone,
            @Nullable UUID person) {
        TrendChart.Week last = weeks.get(weeks.size() - 1);
        TrendChart.Week before = weeks.size() > 1 ? weeks.get(weeks.size() - 2) : last;
        FigureDao.ReviewCounts reviews = handle.attach(FigureDao.class).countReviews(now, person);
        LocalDate today = now.atZone(zone).toLocalDate();
        Instant monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                .atStartOfDay(zone)
                .toInstant();
        FigureDao.FindingCounts findings = handle.attach(FigureDao.class).countFindings(monday, person);
        return new Figures(
                coverage,
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
        return handle.attach(FigureDao.class).listLongest(person).stream()
                .findFirst()
                .map(row -> new Exposure(
                        row.id(),
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
                handle.attach(FigureDao.class).listDueDays(monday, monday.plusWeeks(HeatMap.WEEKS), person).stream()
                        .collect(Collectors.toMap(FigureDao.DueDay::dueOn, FigureDao.DueDay::due));
        return HeatMap.of(today, due);
    }

    private record Decisions(List<Decision> first, long all) {}

    private static Decision blind(LastingError error) {
        String detail = error.reason() == null ? error.check() : error.check() + ", " + error.reason();
        return new Decision(
                error.erring() ? "erring" : "blind",
                error.assetName(),
                "/assets/" + error.asset(),
                error.owner(),
                detail,
                error.since());
    }

    private Decisions decisions(Handle handle, Instant now) {
        DecisionDao dao = handle.attach(DecisionDao.class);
        Instant unanswered = now.minus(UNANSWERED);
        Instant remembered = now.minus(MAIL_MEMORY);
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        LocalDate soon = today.plusDays(WAIVER_ENDS_DAYS);
        Collection<LastingError> lasting = errors.byId(handle, now, ERRORS_AGE).values();
        List<DecisionDao.Row> asked = dao.listWaiversAsked(today, DECISIONS);
        int places = Math.min(ASKED_PLACES, asked.size());
        List<List<DecisionDao.Row>> others = List.of(
                dao.listSerious(DECISIONS),
                dao.listReported(now, DECISIONS),
                dao.listMissed(now, DECISIONS),
                dao.listUnanswered(now, unanswered, DECISIONS),
                dao.listWaiversEnding(today, soon, DECISIONS),
                dao.listRequests(DECISIONS),
                dao.listMail(remembered, DECISIONS),
                dao.listUnowned(DECISIONS),
                dao.listOrphaned(now, DECISIONS),
                dao.listHeld(DECISIONS),
                dao.listWithoutSlot(today, DECISIONS));
        Stream<Decision> rest = Stream.of(
                        asked.stream().skip(places).map(DecisionDao.Row::decision),
                        others.stream().flatMap(List::stream).map(DecisionDao.Row::decision),
                        lasting.stream().map(Overview::blind))
                .flatMap(decisions -> decisions)
                .sorted(URGENT_FIRST)
                .limit((long) DECISIONS - places);
        List<Decision> first = Stream.concat(asked.stream().limit(places).map(DecisionDao.Row::decision), rest)
                .sorted(URGENT_FIRST)
                .toList();
        long all = lasting.size()
                + total(asked)
                + others.stream().mapToLong(Overview::total).sum();
        return new Decisions(first, all);
    }

    private static long total(List<DecisionDao.Row> rows) {
        return rows.isEmpty() ? 0 : rows.get(0).total();
    }

    /** Counts of reviews and findings, and the days on which reviews become due. */
    interface FigureDao {
        record ReviewCounts(
                long waiting, long overdue, @Nullable LocalDate oldestDueOn) {}

        @SqlQuery("""
                select count(*) as waiting,
                       count(case when r.overdue_at <= :now then 1 end) as overdue,
                       min(case when r.overdue_at <= :now then r.due_on end) as oldest_due_on
                  from review r
                 where r.attested_at is null and r.cancelled_at is null and r.missed_at is null and r.missed_from > :now
                   and (r.opened_at is not null or r.overdue_at <= :now)
                   and (cast(:person as uuid) is null
                        or r.owner_id in (select s.owner_id from stands_for s where s.person_id = cast(:person as uuid)))""")
        ReviewCounts countReviews(Instant now, @Nullable UUID person);

        record DueDay(LocalDate dueOn, long due) {}

        @SqlQuery("""
                select due_on, count(*) as due
                  from review
                 where due_on >= :from and due_on < :to
                   and attested_at is null and cancelled_at is null and missed_at is null
                   and (cast(:person as uuid) is null
                        or owner_id in (select s.owner_id from stands_for s where s.person_id = cast(:person as uuid)))
                 group by due_on""")
        List<DueDay> listDueDays(LocalDate from, LocalDate to, @Nullable UUID person);

        record FindingCounts(long open, long assets, long recent) {}

        @SqlQuery("""
                select count(*) as open, count(distinct f.asset_id) as assets,
                       count(case when f.detected_at > :since then 1 end) as recent
                  from finding f join asset a on a.id = f.asset_id
                 where f.open_key is not null and a.retired_at is null
                   and (cast(:person as uuid) is null
                        or a.id in (select m.asset_id from answers_for m where m.person_id = cast(:person as uuid)))""")
        FindingCounts countFindings(Instant since, @Nullable UUID person);

        /** The longest open finding, counted from the first failing run. */
        record Longest(
                UUID id,
                String ref,
                String assetName,
                String checkId,
                Instant firstBadAt,
                @Nullable Instant lastGoodAt) {}

        @SqlQuery("""
                select f.id, a.ref, a.name as asset_name, f.check_id, f.first_bad_at, f.last_good_at
                  from finding f join asset a on a.id = f.asset_id
                 where f.open_key is not null and a.retired_at is null
                   and (cast(:person as uuid) is null
                        or a.id in (select m.asset_id from answers_for m where m.person_id = cast(:person as uuid)))
                 order by f.first_bad_at, f.id
                 limit 1""")
        List<Longest> listLongest(@Nullable UUID person);
    }
}
