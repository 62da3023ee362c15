package dev.ronde.finding.exposure;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** Statements on the windows of a period. */
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
                    or a.id in (select m.asset_id from answers_for m where m.person_id = cast(:answeredBy as uuid)))
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
