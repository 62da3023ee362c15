package dev.ronde.coverage;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Query;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Things nobody can answer for: without an owner, or with one who left or whom mail does not reach. */
final class Orphans {
    private final Database database;
    private final InstantSource clock;

    Orphans(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Null does not restrict. */
    record Filter(Orphan.@Nullable Kind kind, Orphan.@Nullable Reason reason) {
        static final Filter ALL = new Filter(null, null);

        static Filter of(Query query) {
            return new Filter(
                    query.oneOf("kind", Orphan.Kind.class).orElse(null),
                    query.oneOf("reason", Orphan.Reason.class).orElse(null));
        }

        private @Nullable String kindName() {
            return kind == null ? null : kind.name();
        }

        private @Nullable String reasonName() {
            return reason == null ? null : reason.name();
        }
    }

    PageOf<Orphan> page(Filter filter, Optional<Cursor> after, int limit) {
        Instant now = clock.instant();
        List<Orphan> rows = database.read(handle -> handle.attach(OrphanDao.class)
                .list(
                        now,
                        filter.kindName(),
                        filter.reasonName(),
                        after.map(cursor -> (int) cursor.number(0)).orElse(-1),
                        after.map(cursor -> cursor.get(1)).orElse(""),
                        limit + 1));
        long count = counts(filter).values().stream().mapToLong(Long::longValue).sum();
        return PageOf.of(rows, limit, count, row -> Cursor.of(row.kind().place(), row.subject()));
    }

    Map<Orphan.Kind, Long> counts(Filter filter) {
        Instant now = clock.instant();
        Map<Orphan.Kind, Long> counts = new EnumMap<>(Orphan.Kind.class);
        for (Orphan.Kind kind : Orphan.Kind.values()) {
            counts.put(kind, 0L);
        }
        database.read(handle -> handle.attach(OrphanDao.class).count(now, filter.kindName(), filter.reasonName()))
                .forEach(count -> counts.put(count.kind(), count.orphans()));
        return counts;
    }
}
