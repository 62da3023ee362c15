package dev.ronde.coverage;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.AssetFilter;
import dev.ronde.asset.inventory.AssetOrder;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.asset.inventory.EstateSize;
import dev.ronde.check.message.CheckMessages;
import dev.ronde.check.protection.CheckFigures;
import dev.ronde.check.protection.Coverage;
import dev.ronde.check.protection.CoverageReader;
import dev.ronde.coverage.GapDao.Gap;
import dev.ronde.coverage.GapDao.GapFilter;
import dev.ronde.coverage.GapDao.GapRow;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.schedule.KeptFigures;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.review.standing.Standings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads coverage for pages, API and files. Figures of the whole estate are kept for up to two minutes if reading them is slow. */
final class Coverages {
    private static final int AT_ONCE = 5_000;
    private static final int PAGE = 500;

    /** Gaps of the whole estate that are kept; later pages are read on demand. */
    private static final int FIRST = 1_000;

    /** Assets looked at per requested gap; grows by the same factor while too few gaps are found. */
    private static final int GROWTH = 4;

    private static final int BEHIND = Gap.values().length;

    private static final String ALL = "all";

    private static final Coverage NOTHING = new Coverage(List.of());

    private final Database database;
    private final InstantSource clock;
    private final Assets assets;
    private final FrameworkReader frameworks;
    private final CoverageReader coverage;
    private final CheckFigures figures;
    private final CheckMessages messages;
    private final KeptFigures<String, Map<String, FrameworkCoverage>> allFrameworks;
    private final KeptFigures<String, FirstGaps> firstGaps;

    Coverages(
            Database database,
            InstantSource clock,
            Assets assets,
            FrameworkReader frameworks,
            CoverageReader coverage,
            CheckFigures figures,
            CheckMessages messages) {
        this.database = database;
        this.clock = clock;
        this.assets = assets;
        this.frameworks = frameworks;
        this.coverage = coverage;
        this.figures = figures;
        this.messages = messages;
        this.allFrameworks = new KeptFigures<>(
                "framework-figures", clock, EstateSize.large(database), ALL, all -> readFrameworks(null));
        this.firstGaps = new KeptFigures<>("gap-figures", clock, EstateSize.large(database), ALL, this::readFirst);
    }

    private record FirstGaps(Map<Gap, Long> counts, List<GapRow> rows) {
        boolean all() {
            return rows.size() < FIRST;
        }

        long total() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }

        FirstGaps only(Gap gap) {
            return of(rows.stream().filter(row -> row.gap() == gap).toList());
        }

        static FirstGaps of(List<GapRow> all) {
            Map<Gap, Long> counts = noGaps();
            all.forEach(row -> counts.merge(row.gap(), 1L, Long::sum));
            return new FirstGaps(counts, all);
        }
    }

    /** For gaps without a result: what is missing according to their newest run, in this language. */
    Map<UUID, CheckMessages.Why> why(List<GapRow> gaps, Locale language) {
        List<UUID> runs =
                gaps.stream().map(GapRow::run).filter(Objects::nonNull).toList();
        return database.read(handle -> messages.of(handle, runs, language));
    }

    List<Tick> ticks() {
        return List.of(allFrameworks, firstGaps);
    }

    /** Returns everything at once, over all assets or over those that a person answers for. */
    Estate estate(@Nullable UUID person) {
        return Estate.of(
                figures.coverage(person),
                person == null
                        ? allFrameworks.read(ALL)
                        : new KeptFigures.Read<>(readFrameworks(person), clock.instant()),
                gaps(person));
    }

    Map<String, FrameworkCoverage> frameworks(@Nullable UUID person) {
        return person == null ? allFrameworks.get() : readFrameworks(person);
    }

    /** Returns one framework; a {@link Problem} 404 if there is none. */
    FrameworkCoverage framework(String id, @Nullable UUID person) {
        return Optional.ofNullable(frameworks(person).get(id)).orElseThrow(() -> Problem.notFound("framework", id));
    }

    private Map<String, FrameworkCoverage> readFrameworks(@Nullable UUID person) {
        return database.read(handle -> frameworks.read(handle, person, clock.instant()));
    }

    /** Returns the number of gaps of each kind; a kind without gaps has 0. */
    KeptFigures.Read<Map<Gap, Long>> gaps(@Nullable UUID person) {
        if (person == null) {
            KeptFigures.Read<FirstGaps> all = firstGaps.read(ALL);
            return new KeptFigures.Read<>(all.value().counts(), all.at());
        }
        return new KeptFigures.Read<>(readGaps(GapFilter.all(person)), clock.instant());
    }

    private static Map<Gap, Long> noGaps() {
        Map<Gap, Long> counts = new EnumMap<>(Gap.class);
        for (Gap gap : Gap.values()) {
            counts.put(gap, 0L);
        }
        return counts;
    }

    private Map<Gap, Long> readGaps(GapFilter filter) {
        Instant now = clock.instant();
        Map<Gap, Long> counts = noGaps();
        database.read(handle -> handle.attach(GapDao.class).count(filter, now, Standings.tomorrow(now)))
                .forEach(count -> counts.put(count.gap(), count.gaps()));
        return counts;
    }

    /** One page by asset; for the whole estate, the first thousand and the total may be as old as kept figures. */
    PageOf<GapRow> gaps(GapFilter filter, Optional<Cursor> after, int limit) {
        if (!filter.wholeEstate()) {
            long total = readGaps(filter).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            return PageOf.of(gapsAfter(filter, after, limit + 1), limit, total, Coverages::place);
        }
        FirstGaps first = first(filter.gap());
        List<GapRow> rows = following(first, after, limit + 1).orElseGet(() -> gapsAfter(filter, after, limit + 1));
        return PageOf.of(rows, limit, first.total(), Coverages::place);
    }

    /** Returns the page after the cursor from the kept gaps; empty if they do not reach that far. */
    private static Optional<List<GapRow>> following(FirstGaps first, Optional<Cursor> after, int limit) {
        List<GapRow> rows = first.rows();
        int from = after.map(
                        cursor -> rows.stream().map(Coverages::place).toList().indexOf(cursor) + 1)
                .orElse(0);
        boolean known = after.isEmpty() || from > 0;
        boolean enough = first.all() || from + limit <= rows.size();
        return known && enough
                ? Optional.of(rows.subList(from, Math.min(rows.size(), from + limit)))
                : Optional.empty();
    }

    /** If the kept gaps are complete, they include those of one kind. */
    private FirstGaps first(@Nullable Gap gap) {
        FirstGaps all = firstGaps.get(ALL);
        if (gap == null) {
            return all;
        }
        return all.all() ? all.only(gap) : firstGaps.get(gap.word());
    }

    private FirstGaps readFirst(String of) {
        Gap gap = of.equals(ALL) ? null : Gap.valueOf(of.toUpperCase(Locale.ROOT));
        GapFilter filter = new GapFilter(gap, null, null, null, null);
        FirstGaps first = FirstGaps.of(gapsAfter(filter, Optional.empty(), FIRST));
        return first.all() ? first : new FirstGaps(readGaps(filter), first.rows());
    }

    /** Passes every matching gap on, by asset, in chunks of some thousand. */
    void eachGap(GapFilter filter, Consumer<GapRow> to) {
        List<GapRow> rows = gapsAfter(filter, Optional.empty(), AT_ONCE);
        while (!rows.isEmpty()) {
            rows.forEach(to);
            GapRow last = rows.get(rows.size() - 1);
            rows = rows.size() < AT_ONCE ? List.of() : gapsAfter(filter, Optional.of(place(last)), AT_ONCE);
        }
    }

    private static Cursor place(GapRow row) {
        return Cursor.of(row.asset(), row.gap().place(), row.check() == null ? "" : row.check());
    }

    private List<GapRow> gapsAfter(GapFilter filter, Optional<Cursor> after, int limit) {
        String asset = after.map(cursor -> cursor.get(0)).orElse("");
        int place = after.map(cursor -> (int) cursor.number(1)).orElse(-1);
        String check = after.map(cursor -> cursor.get(2)).orElse("");
        return database.read(handle -> {
            GapDao dao = handle.attach(GapDao.class);
            return filter.wholeEstate()
                    ? fewAtATime(dao, filter, asset, place, check, limit)
                    : list(dao, filter, asset, place, check, limit);
        });
    }

    private List<GapRow> list(GapDao dao, GapFilter filter, String asset, int place, String check, int limit) {
        Instant now = clock.instant();
        return dao.list(filter, now, Standings.tomorrow(now), asset, place, check, limit);
    }

    /** Looks at growing ranges of assets until enough gaps are found: most pages need few assets. */
    private List<GapRow> fewAtATime(GapDao dao, GapFilter filter, String asset, int place, String check, int limit) {
        int assets = limit * GROWTH;
        String last = dao.findFurther(asset, assets).orElse(null);
        List<GapRow> rows = new ArrayList<>(list(dao, filter.between(asset, last), asset, place, check, limit));
        while (last != null && rows.size() < limit) {
            String after = last;
            assets *= GROWTH;
            last = dao.findFurther(after, assets).orElse(null);
            rows.addAll(list(dao, filter.between(after, last), after, BEHIND, "", limit - rows.size()));
        }
        return rows;
    }

    PageOf<AssetCoverage> assets(AssetFilter filter, @Nullable String afterRef, int limit) {
        Instant now = clock.instant();
        return database.read(handle -> {
            PageOf<Asset> page = assets.page(handle, filter, AssetOrder.REF, afterRef, limit);
            return page.together(some -> of(handle, some, now));
        });
    }

    void eachAsset(AssetFilter filter, Consumer<AssetCoverage> to) {
        String after = null;
        PageOf<AssetCoverage> page;
        do {
            page = assets(filter, after, PAGE);
            page.items().forEach(to);
            after = page.items().isEmpty()
                    ? null
                    : page.items().get(page.items().size() - 1).asset();
        } while (page.nextCursor() != null);
    }

    private List<AssetCoverage> of(Handle handle, List<Asset> page, Instant now) {
        Map<UUID, Coverage> found = coverage.of(handle, page, now);
        return page.stream()
                .map(asset -> new AssetCoverage(
                        asset.ref(),
                        asset.name(),
                        asset.kind(),
                        asset.unit(),
                        found.getOrDefault(asset.id(), NOTHING).counts()))
                .toList();
    }

    /** How many of the protections an asset could have are on. */
    public record AssetCoverage(
            String asset,
            String assetName,
            String kind,
            @Nullable String unit,
            Coverage.Counts counts) {}

    /**
     * Coverage of everything a reader sees.
     *
     * @param asOf when the oldest of these figures was read, UTC; now, unless reading them is slow and the estate large
     * @param assets number of active assets
     * @param counts protections by their state, over all of them
     * @param byFramework controls by their state
     * @param gaps number of gaps of each kind
     */
    public record Estate(
            Instant asOf,
            long assets,
            Coverage.Counts counts,
            Map<String, Coverage.Counts> byKind,
            List<CoverageReader.OfUnit> byUnit,
            List<OfFramework> byFramework,
            Map<Gap, Long> gaps) {
        public record OfFramework(String framework, String name, String version, Coverage.Counts counts) {}

        static Estate of(
                CoverageReader.Summary summary,
                KeptFigures.Read<Map<String, FrameworkCoverage>> frameworks,
                KeptFigures.Read<Map<Gap, Long>> gaps) {
            List<OfFramework> byFramework = new java.util.ArrayList<>();
            frameworks
                    .value()
                    .values()
                    .forEach(framework -> byFramework.add(new OfFramework(
                            framework.id(), framework.name(), framework.version(), framework.counts())));
            return new Estate(
                    Stream.of(summary.asOf(), frameworks.at(), gaps.at())
                            .min(Comparator.naturalOrder())
                            .orElseThrow(),
                    summary.assets(),
                    summary.counts(),
                    summary.byKind(),
                    summary.byUnit(),
                    byFramework,
                    new EnumMap<>(gaps.value()));
        }
    }
}
