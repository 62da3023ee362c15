package dev.ronde.finding;

import dev.ronde.evidence.state.StateRow;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Findings as their records know them. */
@RegisterRowMapper(StateRow.Mapper.class)
interface RecordedFindingDao {
    @SqlQuery("""
            select cast(f.id as varchar) as place, cast(f.id as varchar) as subject,
                   a.ref || ' ' || f.check_id || ' ' || cast(f.id as varchar) as name,
                   a.ref as asset, f.check_id as "check", f.severity, f.fingerprint, f.first_bad_at, f.last_good_at, f.detected_at,
                   f.fixed_at, f.acknowledged_at, f.acknowledged_by, case when f.open_key is null then 'fixed' else 'open' end as state
              from finding f join asset a on a.id = f.asset_id
             where f.id > :after order by f.id limit :limit
            """)
    List<StateRow> list(@Bind("after") UUID after, @Bind("limit") int limit);

    @SqlQuery("""
            select e.asset_ref || ' ' || e.check_id || ' ' || e.subject_id from evidence_record e
             where e.rec_type = 'finding.opened' and not exists (select 1 from finding f where f.id = cast(e.subject_id as uuid))
             order by e.rec_id limit :limit
            """)
    List<String> listLost(@Bind("limit") int limit);
}
