package dev.ronde.finding.exposure;

import dev.ronde.catalogue.Severity;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** What API, page and CSV read alike: the windows of a period, and the period in numbers. */
record ExposureLedger(InstantSource clock) {
    static final String[] PARAMETERS = {"from", "to", "asset", "severity", "sort", "limit", "cursor"};

    record Reading(Period period, ExposureSummary summary, PageOf<WindowJson> windows) {}

    Reading read(Handle handle, Query query, Principal principal) {
        Instant now = clock.instant();
        Period period = Period.of(query, now);
        Selection selection = Selection.of(handle, period, query, principal);
        ExposureSummary.Counter counter = new ExposureSummary.Counter(period, now);
        selection.each(counter::add);
        ExposureSummary summary = counter.summary();
        PageOf<WindowJson> page = PageOf.listed(query, asked -> {
            UUID before = asked.cursor(1).map(cursor -> cursor.uuid(0)).orElse(null);
            List<Window> rows = selection.page(before, asked.limit() + 1);
            return PageOf.of(rows, asked.limit(), summary.windows(), window -> Cursor.of(window.id()))
                    .map(window -> WindowJson.of(window, period, now));
        });
        return new Reading(period, summary, page);
    }

    void each(Handle handle, Query query, Principal principal, Consumer<WindowJson> taker) {
        Instant now = clock.instant();
        Period period = Period.of(query, now);
        Selection.of(handle, period, query, principal).each(window -> taker.accept(WindowJson.of(window, period, now)));
    }

    /**
     * The windows somebody asks for.
     *
     * @param answeredBy whose assets alone somebody may see; null for those who see all
     */
    private record Selection(
            ExposureDao dao,
            Period period,
            @Nullable String asset,
            @Nullable String severity,
            @Nullable UUID answeredBy) {
        private static final int CHUNK = 5_000;

        static Selection of(Handle handle, Period period, Query query, Principal principal) {
            return new Selection(
                    handle.attach(ExposureDao.class),
                    period,
                    query.text("asset").orElse(null),
                    query.oneOf("severity", Severity.class).map(Severity::code).orElse(null),
                    principal.confinedTo());
        }

        List<Window> page(@Nullable UUID before, int limit) {
            return dao.windows(period.start(), period.end(), asset, severity, answeredBy, before, limit);
        }

        void each(Consumer<Window> taker) {
            UUID before = null;
            List<Window> chunk = page(null, CHUNK);
            while (!chunk.isEmpty()) {
                chunk.forEach(taker);
                before = chunk.get(chunk.size() - 1).id();
                chunk = page(before, CHUNK);
            }
        }
    }

    interface ExposureDao {
        /** Windows that reach into the period, newest first, from before the given one. */
        @SqlQuery("""
                select f.id, a.ref as asset, a.name as asset_name, f.check_id, f.severity, f.first_bad_at, f.last_good_at,
                       f.last_bad_at, f.detected_at, f.notified_at, f.acknowledged_at, f.fixed_at
                  from finding f join asset a on a.id = f.asset_id
                 where coalesce(f.last_good_at, f.first_bad_at) < :end
                   and (f.fixed_at is null or f.fixed_at >= :start)
                   and (cast(:asset as varchar) is null or a.ref = :asset)
                   and (cast(:severity as varchar) is null or f.severity = :severity)
                   and (cast(:answeredBy as uuid) is null
                        or a.id in (select m.asset_id from sees_asset m where m.person_id = cast(:answeredBy as uuid)))
                   and (cast(:before as uuid) is null or f.id < cast(:before as uuid))
                 order by f.id desc
                 limit :limit""")
        List<Window> windows(
                Instant start,
                Instant end,
                @Nullable String asset,
                @Nullable String severity,
                @Nullable UUID answeredBy,
                @Nullable UUID before,
                int limit);
    }
}
