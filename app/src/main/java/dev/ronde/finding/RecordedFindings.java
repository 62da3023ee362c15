package dev.ronde.finding;

import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.redact.StoredTexts;
import dev.ronde.evidence.state.StateRow;
import dev.ronde.evidence.state.StateSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** What the records say of findings. When one failed last moves with every run, and stands in the records of the runs. */
public final class RecordedFindings {
    /** What findings say, from the facts of their checks, for the nightly scan of the redactor. */
    public static final List<StoredTexts> TEXTS = List.of(new StoredTexts("finding", """
                    select f.id, a.ref as asset_ref, f.check_id, 'summary' as place, f.summary as said
                    from finding f
                    join asset a on a.id = f.asset_id
                    where f.id > :after and f.id <= :last and f.summary_at > :since
                    order by f.id fetch first :limit rows only
                    """, true, 500));

    private RecordedFindings() {}

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
        List<StateRow> list(UUID after, int limit);

        @SqlQuery("""
                select e.asset_ref || ' ' || e.check_id || ' ' || e.subject_id from evidence_record e
                 where e.rec_type = 'finding.opened' and not exists (select 1 from finding f where f.id = cast(e.subject_id as uuid))
                 order by e.rec_id limit :limit
                """)
        List<String> listLost(int limit);
    }

    public static List<StateSource> sources() {
        return List.of(new StateSource(
                "finding",
                "finding",
                Set.of("finding.opened", "finding.changed", "finding.acknowledged", "finding.fixed"),
                new UUID(0, 0).toString(),
                (handle, after, limit) ->
                        handle.attach(RecordedFindingDao.class).list(UUID.fromString(after), limit),
                (handle, limit) -> handle.attach(RecordedFindingDao.class).listLost(limit),
                RecordedFindings::finding));
    }

    private static Map<String, @Nullable Object> finding(List<Leaf> records) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (Leaf record : records) {
            record.after().forEach((name, value) -> row.put(String.valueOf(name), value));
            row.put("asset", record.asset());
            row.put("check", record.check());
            if (record.data().containsKey("fingerprint")) {
                row.put("fingerprint", record.field("fingerprint"));
            }
            if (record.type().equals("finding.acknowledged")) {
                row.put("acknowledged_by", record.actorRef());
            }
        }
        return row;
    }
}
