package dev.ronde.check.protection;

import dev.ronde.asset.inventory.EstateSize;
import dev.ronde.check.CheckStateDao;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.schedule.KeptFigures;
import dev.ronde.platform.schedule.Tick;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known over the whole estate; at most two minutes old where reading it is slow. */
public final class CheckFigures {
    private final Database database;
    private final InstantSource clock;
    private final CoverageReader coverage;
    private final KeptFigures<String, Figures> kept;

    public CheckFigures(Database database, InstantSource clock, CoverageReader coverage) {
        this.database = database;
        this.clock = clock;
        this.coverage = coverage;
        this.kept = new KeptFigures<>("check-figures", clock, EstateSize.large(database), "all", all -> read());
    }

    private record Figures(CoverageReader.Summary coverage, Map<String, Map<String, Long>> outcomes) {}

    private Figures read() {
        Instant now = clock.instant();
        return database.read(handle -> {
            Map<String, Map<String, Long>> outcomes = new HashMap<>();
            handle.attach(CheckStateDao.class).countOutcomes(now, null).forEach(count -> {
                Map<String, Long> counts = outcomes.computeIfAbsent(count.checkId(), id -> new LinkedHashMap<>());
                counts.put(count.outcome(), count.pairs());
                counts.merge("stale", count.stale(), Long::sum);
            });
            return new Figures(coverage.summary(handle, null, now), outcomes);
        });
    }

    /** Returns the number of assets by check and outcome, with {@code stale} beside the outcomes. */
    public Map<String, Map<String, Long>> outcomes() {
        return kept.get().outcomes();
    }

    /** Returns the protections over all assets, or over those a person answers for. */
    public CoverageReader.Summary coverage(@Nullable UUID person) {
        return person == null
                ? kept.get().coverage()
                : database.read(handle -> coverage.summary(handle, person, clock.instant()));
    }

    public Tick tick() {
        return kept;
    }
}
