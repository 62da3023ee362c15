package dev.ronde.check;

import dev.ronde.platform.db.Database;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known over the whole estate.
 *
 * @param asOf when it was read
 * @param coverage sums of the protections
 * @param outcomes number of pairs by check and outcome, with {@code stale} beside the outcomes
 */
public record CheckFigures(Instant asOf, CoverageReader.Summary coverage, Map<String, Map<String, Long>> outcomes) {
    static CheckFigures read(Database database, CoverageReader coverage, Instant now) {
        return database.read(handle -> {
            Map<String, Map<String, Long>> outcomes = new HashMap<>();
            handle.attach(CheckStateDao.class).countOutcomes(now).forEach(count -> {
                Map<String, Long> counts = outcomes.computeIfAbsent(count.checkId(), id -> new LinkedHashMap<>());
                counts.put(count.outcome(), count.pairs());
                counts.merge("stale", count.stale(), Long::sum);
            });
            return new CheckFigures(now, coverage.summary(handle, null, now), outcomes);
        });
    }
}
