package dev.ronde.check.run;

import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.state.StateRow;
import dev.ronde.evidence.state.StateSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.Define;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** What the records say of runs, of what is known from them, and of what people stated. */
public final class RecordedRuns {
    private static final String RESULT = "check.result";

    private RecordedRuns() {}

    public static List<StateSource> sources() {
        return List.of(
                table("check_run", RESULT, RecordedRunDao::listRuns, RecordedRuns::result),
                table("check_missed", "run.missed", RecordedRunDao::listMissed, RecordedRuns::result),
                StateSource.ofRecords(
                        "check_state",
                        RESULT,
                        (handle, after, limit) -> {
                            String[] pair = after.split(" ", 2);
                            return dao(handle)
                                    .listKnown(UUID.fromString(pair[0]), pair.length == 1 ? "" : pair[1], limit);
                        },
                        (handle, limit) -> dao(handle).listUnknown(limit),
                        RecordedRuns::result),
                table("check_statement", "check.attested", RecordedRunDao::listStatements, RecordedRuns::statement));
    }

    private interface Rows {
        List<StateRow> after(RecordedRunDao dao, UUID after, int limit);
    }

    /** A table with one row for each record of a type. */
    private static StateSource table(String table, String type, Rows rows, StateSource.Reading reading) {
        return StateSource.ofRecords(
                table,
                type,
                (handle, after, limit) -> rows.after(dao(handle), UUID.fromString(after), limit),
                (handle, limit) -> dao(handle).listLost(table, type, limit),
                reading);
    }

    private static RecordedRunDao dao(Handle handle) {
        return handle.attach(RecordedRunDao.class);
    }

    private static Map<String, @Nullable Object> result(List<Leaf> records) {
        Leaf record = records.get(0);
        Map<String, @Nullable Object> row = of(record);
        row.put("due_at", record.data().get("due"));
        row.put("started_at", record.data().get("startedAt"));
        row.put("finished_at", record.data().get("finishedAt"));
        row.put("fresh_until", record.data().get("freshUntil"));
        return row;
    }

    private static Map<String, @Nullable Object> statement(List<Leaf> records) {
        Map<String, @Nullable Object> row = of(records.get(0));
        row.put("stated_at", records.get(0).occurredAt());
        return row;
    }

    private static Map<String, @Nullable Object> of(Leaf record) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        record.data().forEach((name, value) -> row.put(String.valueOf(name), value));
        row.put("check", record.check());
        row.put("check_sha256", record.checkSha256());
        row.put("check_version", record.data().get("check") instanceof Map<?, ?> check ? check.get("rev") : null);
        return row;
    }

    /** Runs, what is known from them, and statements, as their records know them. */
    @RegisterRowMapper(StateRow.Mapper.class)
    interface RecordedRunDao {
        @SqlQuery("""
                select cast(r.id as varchar) as place, cast(r.record_id as varchar) as subject,
                       coalesce(a.ref, cast(r.asset_id as varchar)) || ' ' || r.check_id || ' ' || cast(r.id as varchar) as name,
                       cast(r.id as varchar) as run, a.ref as asset, r.check_id as "check", r.check_version, r.check_sha256, r.outcome,
                       r.reason, r.severity, case when r.incomplete then true end as incomplete, r.due_at, r.started_at, r.finished_at,
                       r.fresh_until, r.fingerprint
                  from check_run r left join asset a on a.id = r.asset_id
                 where r.id > :after order by r.id limit :limit
                """)
        List<StateRow> listRuns(@Bind("after") UUID after, @Bind("limit") int limit);

        @SqlQuery("""
                select cast(m.record_id as varchar) as place, cast(m.record_id as varchar) as subject,
                       coalesce(a.ref, cast(m.asset_id as varchar)) || ' ' || m.check_id || ' of record ' || cast(m.record_id as varchar) as name,
                       a.ref as asset, m.check_id as "check", m.due_at, m.reason
                  from check_missed m left join asset a on a.id = m.asset_id
                 where m.record_id > :after order by m.record_id limit :limit
                """)
        List<StateRow> listMissed(@Bind("after") UUID after, @Bind("limit") int limit);

        /** A pair stands on its newest run, except one that never ran, or that came back after a change. */
        @SqlQuery("""
                select cast(s.asset_id as varchar) || ' ' || s.check_id as place,
                       cast(coalesce(r.record_id, s.asset_id) as varchar) as subject, a.ref || ' ' || s.check_id as name,
                       cast(s.run_id as varchar) as run, a.ref as asset, s.check_id as "check", s.outcome, s.reason, s.severity,
                       s.due_at, s.finished_at, s.fresh_until
                  from check_state s join asset a on a.id = s.asset_id
                  left join check_run r on r.asset_id = s.asset_id and r.check_id = s.check_id
                   and r.due_at = (select max(n.due_at) from check_run n where n.asset_id = s.asset_id and n.check_id = s.check_id)
                 where s.asset_id >= :asset and (s.asset_id > :asset or s.check_id > :check)
                   and not (s.run_id is null and s.outcome = 'unknown' and s.reason = 'never-run'
                            and (r.id is null
                                 or exists (select 1 from evidence_record e
                                             where e.asset_ref = a.ref and e.rec_id > r.record_id
                                               and e.rec_type in ('asset.updated', 'asset.retired'))
                                 or exists (select 1 from evidence_record e
                                             where e.rec_type in ('check.published', 'check.retired') and e.rec_id > r.record_id
                                               and e.subject_id = s.check_id)))
                 order by s.asset_id, s.check_id limit :limit
                """)
        List<StateRow> listKnown(@Bind("asset") UUID asset, @Bind("check") String check, @Bind("limit") int limit);

        @SqlQuery("""
                select a.ref || ' ' || d.ref_id from due d join asset a on a.id = d.subject_id
                 where d.kind = 'check'
                   and exists (select 1 from check_run r where r.asset_id = d.subject_id and r.check_id = d.ref_id)
                   and not exists (select 1 from check_state s where s.asset_id = d.subject_id and s.check_id = d.ref_id)
                 order by a.ref, d.ref_id limit :limit
                """)
        List<String> listUnknown(@Bind("limit") int limit);

        @SqlQuery("""
                select cast(s.id as varchar) as place, cast(s.record_id as varchar) as subject,
                       coalesce(a.ref, cast(s.asset_id as varchar)) || ' ' || s.check_id || ' ' || cast(s.id as varchar) as name,
                       a.ref as asset, s.check_id as "check", s.attested, s.stated_by as "by", s.channel, s.check_sha256, s.stated_at
                  from check_statement s left join asset a on a.id = s.asset_id
                 where s.id > :after order by s.id limit :limit
                """)
        List<StateRow> listStatements(@Bind("after") UUID after, @Bind("limit") int limit);

        /** Records of a type without their row. */
        @SqlQuery("""
                select e.asset_ref || ' ' || e.check_id || ' of record ' || cast(e.rec_id as varchar) from evidence_record e
                 where e.rec_type = :type and not exists (select 1 from <table> r where r.record_id = e.rec_id)
                 order by e.rec_id limit :limit
                """)
        List<String> listLost(@Define("table") String table, @Bind("type") String type, @Bind("limit") int limit);
    }
}
