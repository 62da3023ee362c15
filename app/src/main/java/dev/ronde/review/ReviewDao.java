package dev.ronde.review;

import dev.ronde.platform.db.Batches;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on reviews. Every change names the version it saw, counts it up and says when; 0 rows means somebody was first. */
public interface ReviewDao extends ReviewHolderDao, ReviewEndDao {

    String STORED = """
            id, review_number, enrolment_id, slot_no, plan_id, plan_version, asset_id, cause, cause_reason,
            scheduled_on, due_on, zone, opens_at, overdue_at, missed_from, max_gap_days, previous_on, held, owner_id, opened_at, title, instructions,
            checklist, baseline_digest, acknowledged_at, problem_at, problem_text, not_mine_at, snoozed_until, snoozes,
            delegated_to, delegated_at, delegations, extended_at, time_asked_until, time_asked_at, attested_at, recorded_at, performed_on, performed_by,
            performed_by_name, channel, assurance, outcome, note, snapshot_digest, changes, checks, answers, waiver_reason,
            waiver_until, approval, approver, approver_name, approved_at, approval_note, missed_at, missed_cause,
            missed_action, recovery, cancelled_at, cancel_reason, drift_from, drift_to, drift_digest, drift_worse, version
            """;

    /** When the first slot before an opened one was due, where nothing was performed before it. */
    String UNMET_SINCE = """
            , case when review.previous_on is null and review.opened_at is not null and review.cause = 'scheduled'
                        and review.slot_no > 1
                   then (select min(earlier.due_on) from review earlier
                          where earlier.enrolment_id = review.enrolment_id and earlier.cause = 'scheduled'
                            and earlier.slot_no < review.slot_no and earlier.cancelled_at is null)
              end as unmet_since
            """;

    /** When the first review after the window of a missed and undone one was performed. */
    String MADE_UP_ON = """
            , case when review.missed_at is not null and review.performed_on is null and review.cause = 'scheduled'
                   then (select min(later.performed_on) from review later
                          where later.enrolment_id = review.enrolment_id and later.cause = 'scheduled'
                            and later.attested_at >= review.missed_from)
              end as made_up_on
            """;

    String COLUMNS = STORED + UNMET_SINCE + MADE_UP_ON;

    /** The same where nobody asks whether the gap held: that costs a look at the earlier slots of each row. */
    String UNASKED = STORED + ", cast(null as date) as unmet_since, cast(null as date) as made_up_on";

    @SqlQuery("select " + COLUMNS + " from review where id = :id")
    Optional<Review> find(UUID id);

    /** The reviews with these ids, in no order; ask for some hundred at once. */
    @SqlQuery("select " + COLUMNS + " from review where id in (<ids>)")
    List<Review> listByIds(@BindList Collection<UUID> ids);

    /** The same by id, of any number of them. */
    default Map<UUID, Review> byIds(Collection<UUID> ids) {
        return Batches.of(List.copyOf(ids)).stream()
                .flatMap(some -> listByIds(some).stream())
                .collect(Collectors.toMap(Review::id, review -> review));
    }

    @SqlQuery("select " + COLUMNS + " from review where review_number = :number")
    Optional<Review> findByNumber(long number);

    /** The slots of an enrolment in their order; reviews beside the cadence are none. */
    @SqlQuery("select " + COLUMNS + """
             from review where enrolment_id = :enrolmentId and cause = 'scheduled' order by slot_no
            """)
    List<Review> listByEnrolment(UUID enrolmentId);

    /** The reviews of an enrolment that have this cause, in their order. */
    @SqlQuery("select " + COLUMNS + """
             from review where enrolment_id = :enrolmentId and cause = :cause order by slot_no
            """)
    List<Review> listByCause(UUID enrolmentId, String cause);

    /** The slots of some hundred enrolments at once. */
    @SqlQuery("select " + COLUMNS + """
             from review where enrolment_id in (<enrolmentIds>) and cause = 'scheduled' order by slot_no
            """)
    List<Review> listByEnrolments(@BindList Collection<UUID> enrolmentIds);

    @SqlQuery("select id from asset where ref = :ref")
    Optional<UUID> findAsset(String ref);

    /** Everything that is expected of an enrolment and has not ended. */
    @SqlQuery("select " + COLUMNS + """
             from review
            where enrolment_id = :enrolmentId and attested_at is null and missed_at is null and cancelled_at is null
            order by due_on, review_number
            """)
    List<Review> listUnfinishedByEnrolment(UUID enrolmentId);

    @SqlQuery("select count(*) from review where enrolment_id = :enrolmentId and cause = :cause")
    int countByCause(UUID enrolmentId, String cause);

    /** The review of this cause that the asset has and that has not ended; there is at most one of drift. */
    @SqlQuery("select " + COLUMNS + """
             from review
            where cause = :cause and asset_id = :assetId and attested_at is null and missed_at is null
              and cancelled_at is null
            order by review_number limit 1
            """)
    Optional<Review> findUnfinished(UUID assetId, String cause);

    /** The newest attestation of this asset that names a configuration. */
    @SqlQuery("select " + COLUMNS + """
             from review
            where asset_id = :assetId and attested_at is not null and snapshot_digest is not null
            order by attested_at desc, review_number desc limit 1
            """)
    Optional<Review> findLastLookedAt(UUID assetId);

    @SqlQuery("select " + COLUMNS + " from review where asset_id = :assetId order by due_on, review_number")
    List<Review> listByAsset(UUID assetId);

    /** Not closed, whatever asset or plan: what may still change with its asset's owner. */
    @SqlQuery("select " + COLUMNS + """
             from review
            where asset_id = :assetId and attested_at is null and missed_at is null and cancelled_at is null
            order by due_on, review_number
            """)
    List<Review> listUnfinishedByAsset(UUID assetId);

    @SqlQuery("select " + UNASKED + """
             from review
            where opened_at is not null and attested_at is null and missed_at is null and cancelled_at is null
              and missed_from > :now
            order by due_on, review_number
            """)
    List<Review> listWaiting(Instant now);

    @SqlQuery("select " + COLUMNS + """
             from review where approval = 'pending' and cancelled_at is null order by due_on, review_number
            """)
    List<Review> listAwaitingApproval();

    /** Waiting reviews for which more time is asked until this day or an earlier one, the earliest first. */
    @SqlQuery("select " + UNASKED + """
             from review
            where opened_at is not null and attested_at is null and missed_at is null and cancelled_at is null
              and missed_from > :now and time_asked_until <= :day
            order by time_asked_until, review_number limit :limit
            """)
    List<Review> listAskedUntil(LocalDate day, Instant now, int limit);

    /** Waiting for somebody, and with this person or passed on to them. */
    @SqlQuery("select " + COLUMNS + """
             from review
            where opened_at is not null and attested_at is null and missed_at is null and cancelled_at is null
              and missed_from > :now and (owner_id = :person or delegated_to = :person)
            order by due_on, review_number
            """)
    List<Review> listWaitingWith(UUID person, Instant now);

    @SqlQuery("select " + UNASKED + """
             from review
            where opens_at <= :now and missed_from > :now and opened_at is null and attested_at is null
              and missed_at is null and cancelled_at is null and held = false
              and (cast(:planId as varchar) is null or plan_id = :planId)
            order by opens_at, review_number limit :limit
            """)
    List<Review> listToOpen(Instant now, @Nullable String planId, int limit);

    @SqlQuery("select " + COLUMNS + """
             from review
            where missed_from <= :now and attested_at is null and missed_at is null and cancelled_at is null
            order by missed_from, review_number limit :limit
            """)
    List<Review> listToMiss(Instant now, int limit);

    @SqlQuery("select " + COLUMNS + """
             from review
            where plan_id = :planId and held = true and opened_at is null and attested_at is null
              and missed_at is null and cancelled_at is null
            order by due_on, review_number
            """)
    List<Review> listHeld(String planId);

    @SqlQuery("""
            select count(*) from review
             where plan_id = :planId and held = true and opened_at is null and attested_at is null
               and missed_at is null and cancelled_at is null
            """)
    int countHeld(String planId);

    /** How many slots of the plan wait for somebody. */
    @SqlQuery("""
            select count(*) from review
             where plan_id = :planId and cause = 'scheduled' and opened_at is not null and attested_at is null
               and missed_at is null and cancelled_at is null and missed_from > :now
            """)
    int countOpen(String planId, Instant now);

    /** The review of this asset whose configuration was attested last, whatever the plan. */
    @SqlQuery("select " + COLUMNS + """
             from review
            where asset_id = :assetId and attested_at is not null and snapshot_digest is not null and id <> :besides
            order by attested_at desc, review_number desc limit 1
            """)
    Optional<Review> findLastAttested(UUID assetId, UUID besides);

    /** What was attested last of an asset. */
    record AttestedDigest(UUID assetId, String snapshotDigest) {}

    /** The configurations that were attested last for these assets, whatever the plan; ask for some hundred at once. */
    @SqlQuery("""
            select a.asset_id, a.snapshot_digest
              from (select asset_id, snapshot_digest,
                           row_number() over (partition by asset_id order by attested_at desc, review_number desc) as place
                      from review
                     where asset_id in (<assetIds>) and attested_at is not null and snapshot_digest is not null) a
             where a.place = 1
            """)
    List<AttestedDigest> listAttestedDigests(@BindList Collection<UUID> assetIds);

    /** The same by asset. */
    default Map<UUID, String> attestedDigests(Collection<UUID> assetIds) {
        return assetIds.isEmpty()
                ? Map.of()
                : listAttestedDigests(assetIds).stream()
                        .collect(Collectors.toMap(AttestedDigest::assetId, AttestedDigest::snapshotDigest));
    }

    @SqlBatch("""
            insert into review (id, review_number, enrolment_id, slot_no, plan_id, plan_version, asset_id, cause, cause_reason,
                scheduled_on, due_on, zone, opens_at, overdue_at, missed_from, max_gap_days, previous_on, held, version)
            values (:id, :reviewNumber, :enrolmentId, :slotNo, :planId, :planVersion, :assetId, :cause, :causeReason,
                :dates.scheduledOn, :dates.dueOn, :dates.zone, :dates.opensAt, :dates.overdueAt, :dates.missedFrom,
                :dates.maxGapDays, :dates.previousOn, :held, :version)
            """)
    void insert(@BindMethods List<Review> reviews);

    @SqlUpdate("""
            update review
               set scheduled_on = :to.scheduledOn, due_on = :to.dueOn, zone = :to.zone,
                   opens_at = :to.opensAt, overdue_at = :to.overdueAt, missed_from = :to.missedFrom,
                   max_gap_days = :to.maxGapDays, previous_on = :to.previousOn, plan_version = :planVersion,
                   changed_at = :now, version = version + 1
             where id = :id and version = :version
            """)
    int updateDates(UUID id, long version, @BindMethods("to") ReviewDates to, int planVersion, Instant now);

    /** Other dates for a review. */
    record Dated(UUID id, long version, ReviewDates to, int planVersion, Instant now) {}

    /** The same for some hundred reviews at once; returns the rows changed by each. */
    @SqlBatch("""
            update review
               set scheduled_on = :to.scheduledOn, due_on = :to.dueOn, zone = :to.zone,
                   opens_at = :to.opensAt, overdue_at = :to.overdueAt, missed_from = :to.missedFrom,
                   max_gap_days = :to.maxGapDays, previous_on = :to.previousOn, plan_version = :planVersion,
                   changed_at = :now, version = version + 1
             where id = :id and version = :version
            """)
    int[] updateAllDates(@BindMethods List<Dated> reviews);

    @SqlUpdate(
            "update review set acknowledged_at = :now, changed_at = :now, version = version + 1 where id = :id and version = :version")
    int acknowledge(UUID id, long version, Instant now);

    @SqlUpdate("""
            update review set problem_at = :now, problem_text = :text, changed_at = :now, version = version + 1
             where id = :id and version = :version
            """)
    int reportProblem(UUID id, long version, Instant now, String text);

    @SqlUpdate("""
            update review set problem_at = null, problem_text = null, changed_at = :now, version = version + 1
             where id = :id and version = :version
            """)
    int decideProblem(UUID id, long version, Instant now);

    @SqlUpdate(
            "update review set not_mine_at = :now, changed_at = :now, version = version + 1 where id = :id and version = :version")
    int notMine(UUID id, long version, Instant now);

    @SqlUpdate("""
            update review set snoozed_until = :until, snoozes = snoozes + 1, changed_at = :now, version = version + 1
             where id = :id and version = :version
            """)
    int snooze(UUID id, long version, LocalDate until, Instant now);

    @SqlUpdate("""
            update review set time_asked_until = :until, time_asked_at = :now, changed_at = :now, version = version + 1
             where id = :id and version = :version
            """)
    int askTime(UUID id, long version, LocalDate until, Instant now);

    @SqlUpdate("""
            update review set time_asked_until = null, time_asked_at = null, changed_at = :now, version = version + 1
             where id = :id and version = :version
            """)
    int endTimeAsked(UUID id, long version, Instant now);

    @SqlUpdate("""
            update review set delegated_to = :personId, delegated_at = :now, changed_at = :now, version = version + 1
             where id = :id and version = :version
            """)
    int delegate(UUID id, long version, UUID personId, Instant now);

    @SqlUpdate("""
            update review set delegated_to = null, delegated_at = null, changed_at = :now, version = version + 1
             where id = :id and version = :version
            """)
    int endDelegation(UUID id, long version, Instant now);

    @SqlUpdate("""
            update review
               set due_on = :to.dueOn, overdue_at = :to.overdueAt, missed_from = :to.missedFrom,
                   extended_at = :now, time_asked_until = null, time_asked_at = null, changed_at = :now, version = version + 1
             where id = :id and version = :version
            """)
    int extend(UUID id, long version, @BindMethods("to") ReviewDates to, Instant now);

    @SqlUpdate("""
            update review
               set attested_at = :said.attestedAt, recorded_at = :said.recordedAt, performed_on = :said.performedOn,
                   performed_by = :said.performedBy, performed_by_name = :said.performedByName, channel = :said.channel,
                   assurance = :said.assurance, outcome = :said.outcome, note = :said.note,
                   snapshot_digest = :said.snapshotDigest, baseline_digest = :baseline, changes = :said.changes, checks = :said.checks, answers = :said.answers,
                   waiver_reason = :said.waiverReason, waiver_until = :said.waiverUntil, approval = :approval,
                   approver = null, approver_name = null, approved_at = null, approval_note = null,
                   delegated_to = null, delegated_at = null, time_asked_until = null, time_asked_at = null,
                   changed_at = :said.recordedAt, version = version + 1
             where id = :id and version = :version and attested_at is null
            """)
    int attest(
            UUID id,
            long version,
            @BindMethods("said") Attestation said,
            @Nullable String baseline,
            @Nullable String approval);

    @SqlUpdate("""
            update review
               set approval = :given.approval, approver = :given.approver, approver_name = :given.approverName,
                   approved_at = :given.approvedAt, approval_note = :given.approvalNote, changed_at = :given.approvedAt, version = version + 1
             where id = :id and version = :version and approval = 'pending'
            """)
    int approve(UUID id, long version, @BindMethods("given") Approval given);

    @SqlUpdate("""
            update review
               set attested_at = null, recorded_at = null, performed_on = null, performed_by = null,
                   performed_by_name = null, channel = null, assurance = null, outcome = null, note = null,
                   snapshot_digest = null, changes = null, checks = null, answers = null, waiver_reason = null, waiver_until = null,
                   approval = null, approver = null, approver_name = null, approved_at = null, approval_note = null,
                   changed_at = :now, version = version + 1
             where id = :id and version = :version and attested_at is not null
            """)
    int withdraw(UUID id, long version, Instant now);

    @SqlUpdate("""
            update review
               set missed_cause = :cause, missed_action = :action, recovery = :recovery, changed_at = :now, version = version + 1
             where id = :id and version = :version
            """)
    int recover(UUID id, long version, String cause, String action, String recovery, Instant now);

    @SqlUpdate(
            "update review set held = false, changed_at = :now, version = version + 1 where id = :id and version = :version")
    int release(UUID id, long version, Instant now);

    @SqlUpdate("update review_counter set next_number = next_number + :count where id = 1")
    void takeNumbers(int count);

    @SqlQuery("select next_number from review_counter where id = 1")
    long nextNumber();
}
