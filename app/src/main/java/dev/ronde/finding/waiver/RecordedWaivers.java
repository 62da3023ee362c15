package dev.ronde.finding.waiver;

import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.state.StateRow;
import dev.ronde.evidence.state.StateSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** What the records say of waivers. */
public final class RecordedWaivers {
    private RecordedWaivers() {}

    @RegisterRowMapper(StateRow.Mapper.class)
    interface RecordedWaiverDao {
        @SqlQuery("""
                select cast(w.waiver_number as varchar) as place, 'W-' || w.waiver_number as subject, 'W-' || w.waiver_number as name,
                       a.ref as asset, w.check_id as "check", cast(w.finding_id as varchar) as finding, w.category, w.assertions,
                       w.bound_to, w.severity, w.compensating_check, w.reason, w.from_on as "from", w.until_on as "until", w.renewals,
                       w.requested_by, case when w.approved then w.decided_by end as approved_by,
                       case when not w.approved then w.decided_by end as denied_by, w.revoked_by,
                       case when w.approved is null then 'none' when w.approved then 'approved' else 'denied' end as decision,
                       case when w.revoked_at is not null then true end as revoked,
                       case when w.expired_at is not null then true end as expired
                  from waiver w join asset a on a.id = w.asset_id
                 where w.waiver_number > :after order by w.waiver_number limit :limit
                """)
        List<StateRow> list(long after, int limit);

        @SqlQuery("""
                select e.subject_id from evidence_record e
                 where e.rec_type = 'waiver.requested'
                   and not exists (select 1 from waiver w where w.waiver_number = cast(substring(e.subject_id, 3) as bigint))
                 order by e.rec_id limit :limit
                """)
        List<String> listLost(int limit);
    }

    public static List<StateSource> sources() {
        return List.of(new StateSource(
                "waiver",
                "waiver",
                Set.of("waiver.requested", "waiver.approved", "waiver.denied", "waiver.revoked", "waiver.expired"),
                "0",
                (handle, after, limit) -> handle.attach(RecordedWaiverDao.class).list(Long.parseLong(after), limit),
                (handle, limit) -> handle.attach(RecordedWaiverDao.class).listLost(limit),
                RecordedWaivers::waiver));
    }

    private static Map<String, @Nullable Object> waiver(List<Leaf> records) {
        Map<String, @Nullable Object> row = StateSource.newest(records);
        Leaf first = records.get(0);
        String reason = first.type().equals("waiver.requested") ? first.privateText("reason") : "";
        row.put("reason", reason.isEmpty() ? StateSource.UNSAID : reason);
        row.put("asset", first.asset());
        row.put("check", first.check());
        row.put("finding", first.field("finding"));
        if (row.get("assertions") instanceof List<?> ids) {
            row.put("assertions", ids.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        row.put("decision", "none");
        for (Leaf record : records) {
            switch (record.type()) {
                case "waiver.approved" -> row.put("decision", "approved");
                case "waiver.denied" -> row.put("decision", "denied");
                case "waiver.revoked" -> row.put("revoked", true);
                case "waiver.expired" -> row.put("expired", true);
                default -> {
                    // that it was asked for decides nothing
                }
            }
        }
        return row;
    }
}
