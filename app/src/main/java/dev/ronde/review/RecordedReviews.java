package dev.ronde.review;

import dev.ronde.evidence.RecordTypes;
import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.state.RecordReader;
import dev.ronde.evidence.state.StateRow;
import dev.ronde.evidence.state.StateSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** What the records say of reviews: the row, who held it, and every line of its history. */
public final class RecordedReviews {
    /** In a record with a line in the history: what the line calls it. */
    static final String EVENT = "event";

    private RecordedReviews() {}

    public static List<StateSource> sources() {
        Set<String> types = RecordTypes.KNOWN.stream()
                .filter(type -> type.startsWith("review."))
                .collect(Collectors.toUnmodifiableSet());
        return List.of(new StateSource(
                "review",
                "review",
                types,
                "0",
                (handle, after, limit) -> handle.attach(RecordedReviewDao.class).list(Long.parseLong(after), limit),
                (handle, limit) -> handle.attach(RecordedReviewDao.class).listLost(limit),
                RecordedReviews::review));
    }

    private static Map<String, @Nullable Object> review(List<Leaf> records) {
        Map<String, @Nullable Object> row = StateSource.newest(records);
        // what waits is let go with its plan, of which the record of the plan tells
        row.computeIfPresent("held", (field, said) -> StateSource.UNSAID);
        Set<Object> holders = new TreeSet<>();
        for (Leaf record : records) {
            Object owner = record.after().get("owner");
            if (owner != null) {
                holders.add(owner);
            }
        }
        row.put("holders", holders);
        List<Leaf> lines = records.stream()
                .filter(record -> record.data().containsKey(EVENT))
                .toList();
        row.put("events", lines.size());
        row.put(
                "history",
                lines.stream()
                        .map(record ->
                                record.field(EVENT) + " by " + record.actorRef() + " in " + RecordReader.id(record))
                        .toList());
        return row;
    }

    @RegisterRowMapper(StateRow.Mapper.class)
    interface RecordedReviewDao {
        @SqlQuery("""
                select cast(r.review_number as varchar) as place, 'REV-' || r.review_number as subject, 'REV-' || r.review_number as name,
                       a.ref as asset, r.plan_id as plan, r.plan_version, r.cause, r.scheduled_on, r.due_on, r.zone, r.opens_at,
                       r.overdue_at, r.missed_from, case when r.held then true end as held, r.performed_on, r.max_gap_days,
                       o.actor_ref as owner, r.opened_at, r.baseline_digest, r.acknowledged_at, r.problem_at, r.not_mine_at, r.snoozed_until,
                       d.actor_ref as delegated_to, r.time_asked_at, r.time_asked_until, r.attested_at as performed_at, r.recorded_at,
                       r.performed_by, r.channel, r.assurance, r.outcome, r.snapshot_digest, r.waiver_until, r.approval, r.approver,
                       r.approved_at, r.missed_at, r.recovery, r.cancelled_at, r.cancel_reason, r.drift_from, r.drift_to, r.drift_digest, r.drift_worse,
                       (select string_agg(p.actor_ref, ', ') from review_holder h join person p on p.id = h.person_id
                         where h.review_id = r.id) as holders,
                       (select string_agg(e.event_type || ' by ' || e.actor_ref || ' in ' || cast(e.record_id as varchar), ', ')
                          from review_event e where e.review_id = r.id) as history,
                       (select count(*) from review_event e where e.review_id = r.id) as events
                  from review r join asset a on a.id = r.asset_id
                  left join person o on o.id = r.owner_id left join person d on d.id = r.delegated_to
                 where r.review_number > :after order by r.review_number limit :limit
                """)
        List<StateRow> list(long after, int limit);

        @SqlQuery("""
                select distinct e.subject_id from evidence_record e
                 where e.rec_type = 'review.scheduled'
                   and not exists (select 1 from review r where r.review_number = cast(substring(e.subject_id, 5) as bigint))
                 order by e.subject_id limit :limit
                """)
        List<String> listLost(int limit);
    }
}
