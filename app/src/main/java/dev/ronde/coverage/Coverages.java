package dev.ronde.coverage;

import dev.ronde.asset.Asset;
import dev.ronde.asset.AssetFilter;
import dev.ronde.asset.AssetOrder;
import dev.ronde.asset.Assets;
import dev.ronde.asset.EstateSize;
import dev.ronde.check.CheckRoom;
import dev.ronde.check.Coverage;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.schedule.KeptFigures;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.review.planning.Plans;
import dev.ronde.review.standing.Standings;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The one reader behind pages, API and files. Figures over the whole estate are at most two minutes old where reading them is slow. */
final class Coverages {
    private static final int AT_ONCE = 5_000;

    private static final Coverage NOTHING = new Coverage(List.of());

    private final CheckRoom checks;
    private final Assets assets;
    private final FrameworkReader frameworks;
    private final KeptFigures<String, Map<String, FrameworkCoverage>> allFrameworks;
    private final KeptFigures<String, Map<Gap, Long>> allGaps;

    Coverages(CheckRoom checks, Plans plans) {
        this.checks = checks;
        this.assets = checks.assets();
        this.frameworks = new FrameworkReader(checks.catalogue(), assets, checks.waivers(), plans);
        this.allFrameworks = new KeptFigures<>(
                "framework-figures",
                checks.clock(),
                EstateSize.large(checks.database()),
                "all",
                all -> readFrameworks(null));
        this.allGaps = new KeptFigures<>(
                "gap-figures",
                checks.clock(),
                EstateSize.large(checks.database()),
                "all",
                all -> readGaps(GapFilter.all(null)));
    }

    /** What keeps the figures of a large estate fresh. */
    List<Tick> ticks() {
        return List.of(allFrameworks, allGaps);
    }

    /** Returns everything at once, over all assets or over those a person answers for. */
    Estate estate(@Nullable UUID person) {
        return Estate.of(
                checks.summary(person),
                person == null
                        ? allFrameworks.read("all")
                        : new KeptFigures.Read<>(
                                readFrameworks(person), checks.clock().instant()),
                gaps(person));
    }

    /** Returns every framework by its id. */
    Map<String, FrameworkCoverage> frameworks(@Nullable UUID person) {
        return person == null ? allFrameworks.get() : readFrameworks(person);
    }

    /** Returns one framework; a {@link Problem} 404 where there is none. */
    FrameworkCoverage framework(String id, @Nullable UUID person) {
        return Optional.ofNullable(frameworks(person).get(id)).orElseThrow(() -> Problem.notFound("framework", id));
    }

    private Map<String, FrameworkCoverage> readFrameworks(@Nullable UUID person) {
        return checks.database()
                .read(handle -> frameworks.read(handle, person, checks.clock().instant()));
    }

    /** Returns the number of gaps of each kind; 0 where there is none. */
    KeptFigures.Read<Map<Gap, Long>> gaps(@Nullable UUID person) {
        return person == null
                ? allGaps.read("all")
                : new KeptFigures.Read<>(
                        readGaps(GapFilter.all(person)), checks.clock().instant());
    }

    private Map<Gap, Long> readGaps(GapFilter filter) {
        Instant now = checks.clock().instant();
        Map<Gap, Long> counts = new EnumMap<>(Gap.class);
        for (Gap gap : Gap.values()) {
            counts.put(gap, 0L);
        }
        checks.database()
                .read(handle -> handle.attach(GapDao.class).count(filter, now, Standings.tomorrow(now)))
                .forEach(count -> counts.put(count.gap(), count.gaps()));
        return counts;
    }

    /** Returns one page of the gaps that match, by asset. */
    PageOf<GapRow> gaps(GapFilter filter, Optional<Cursor> after, int limit) {
        List<GapRow> rows = gapsAfter(
                filter,
                after.map(cursor -> cursor.get(0)).orElse(""),
                after.map(cursor -> (int) cursor.number(1)).orElse(-1),
                after.map(cursor -> cursor.get(2)).orElse(""),
                limit + 1);
        long count =
                readGaps(filter).values().stream().mapToLong(Long::longValue).sum();
        return PageOf.of(rows, limit, count, Coverages::place);
    }

    /** Hands over every gap that matches, by asset; each look at them all serves some thousand. */
    void eachGap(GapFilter filter, Consumer<GapRow> to) {
        List<GapRow> rows = gapsAfter(filter, "", -1, "", AT_ONCE);
        while (!rows.isEmpty()) {
            rows.forEach(to);
            GapRow last = rows.get(rows.size() - 1);
            String check = last.check() == null ? "" : last.check();
            rows = rows.size() < AT_ONCE
                    ? List.of()
                    : gapsAfter(filter, last.asset(), last.gap().place(), check, AT_ONCE);
        }
    }

    private static Cursor place(GapRow row) {
        return Cursor.of(row.asset(), row.gap().place(), row.check() == null ? "" : row.check());
    }

    private List<GapRow> gapsAfter(GapFilter filter, String asset, int place, String check, int limit) {
        Instant now = checks.clock().instant();
        LocalDate tomorrow = Standings.tomorrow(now);
        return checks.database()
                .read(handle -> handle.attach(GapDao.class).list(filter, now, tomorrow, asset, place, check, limit));
    }

    /** Returns one page of assets with their protections, by ref. */
    PageOf<AssetCoverage> assets(AssetFilter filter, @Nullable String afterRef, int limit) {
        Instant now = checks.clock().instant();
        return checks.database().read(handle -> {
            PageOf<Asset> page = assets.page(handle, filter, AssetOrder.REF, afterRef, limit);
            return new PageOf<>(of(handle, page.items(), now), page.nextCursor(), page.count(), page.exact());
        });
    }

    private List<AssetCoverage> of(Handle handle, List<Asset> page, Instant now) {
        Map<UUID, Coverage> found = checks.coverage().of(handle, page, now);
        return page.stream()
                .map(asset -> new AssetCoverage(
                        asset.ref(),
                        asset.name(),
                        asset.kind(),
                        asset.unit(),
                        found.getOrDefault(asset.id(), NOTHING).counts()))
                .toList();
    }
}
