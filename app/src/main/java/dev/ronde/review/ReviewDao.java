package dev.ronde.review;

import dev.ronde.platform.db.Batches;
import dev.ronde.platform.problem.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on reviews. A review changes in one place: {@link #updateAll}, which writes it whole where its version is still the one that was read. */
public interface ReviewDao {

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

    @SqlQuery("select " + COLUMNS + """
             from review where enrolment_id = :enrolmentId and cause = :cause order by slot_no
            """)
    List<Review> listByCause(UUID enrolmentId, String cause);

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

    @SqlQuery("""
            select count(*) from review
             where plan_id = :planId and cause = 'scheduled' and opened_at is not null and attested_at is null
               and missed_at is null and cancelled_at is null and missed_from > :now
            """)
    int countOpen(String planId, Instant now);

    /** The review of this asset whose configuration was attested last, whatever the plan; null leaves none aside. */
    @SqlQuery("select " + COLUMNS + """
             from review
            where asset_id = :assetId and attested_at is not null and snapshot_digest is not null
              and id is distinct from cast(:besides as uuid)
            order by attested_at desc, review_number desc limit 1
            """)
    Optional<Review> findLastAttested(UUID assetId, @Nullable UUID besides);

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

    /**
     * Stores reviews as they now are, counts their versions up, and keeps who has them; that stays known when they go on.
     *
     * @throws Problem 409 when somebody else changed one of them since it was read
     */
    default void updateAll(List<Review> next, Instant now) {
        int[] rows = updateRows(next, now);
        for (int index = 0; index < rows.length; index++) {
            if (rows[index] != 1) {
                throw Problem.conflict(
                        "review_changed",
                        next.get(index).ref()
                                + " was changed by somebody else a moment ago. Read it again and decide on what it says now.");
            }
        }
        insertHolders(next.stream()
                .filter(review -> review.ownerId() != null)
                .map(review -> new Holder(review.id(), review.ownerId(), now))
                .toList());
    }

    default Review update(Review next, Instant now) {
        updateAll(List.of(next), now);
        return find(next.id()).orElseThrow();
    }

    @SqlBatch("""
            update review
               set plan_version = :planVersion, scheduled_on = :dates.scheduledOn, due_on = :dates.dueOn,
                   zone = :dates.zone, opens_at = :dates.opensAt, overdue_at = :dates.overdueAt,
                   missed_from = :dates.missedFrom, max_gap_days = :dates.maxGapDays, previous_on = :dates.previousOn,
                   held = :held, owner_id = :ownerId,
                   opened_at = :opening.openedAt, title = :opening.title, instructions = :opening.instructions,
                   checklist = :opening.checklist, baseline_digest = :opening.baselineDigest,
                   acknowledged_at = :handling.acknowledgedAt, problem_at = :handling.problemAt,
                   problem_text = :handling.problemText, not_mine_at = :handling.notMineAt,
                   snoozed_until = :handling.snoozedUntil, snoozes = :handling.snoozes,
                   delegated_to = :handling.delegatedTo, delegated_at = :handling.delegatedAt,
                   delegations = :handling.delegations, extended_at = :handling.extendedAt,
                   time_asked_until = :handling.timeAskedUntil, time_asked_at = :handling.timeAskedAt,
                   attested_at = :attestation.attestedAt, recorded_at = :attestation.recordedAt,
                   performed_on = :attestation.performedOn, performed_by = :attestation.performedBy,
                   performed_by_name = :attestation.performedByName, channel = :attestation.channel,
                   assurance = :attestation.assurance, outcome = :attestation.outcome, note = :attestation.note,
                   snapshot_digest = :attestation.snapshotDigest, changes = :attestation.changes,
                   checks = :attestation.checks, answers = :attestation.answers,
                   waiver_reason = :attestation.waiverReason, waiver_until = :attestation.waiverUntil,
                   approval = :approval.approval, approver = :approval.approver, approver_name = :approval.approverName,
                   approved_at = :approval.approvedAt, approval_note = :approval.approvalNote,
                   missed_at = :closing.missedAt, missed_cause = :closing.missedCause,
                   missed_action = :closing.missedAction, recovery = :closing.recovery,
                   cancelled_at = :closing.cancelledAt, cancel_reason = :closing.cancelReason,
                   drift_from = :drift.driftFrom, drift_to = :drift.driftTo, drift_digest = :drift.driftDigest,
                   drift_worse = :drift.driftWorse, changed_at = :now, version = version + 1
             where id = :id and version = :version
            """)
    int[] updateRows(@BindMethods List<Review> next, Instant now);

    record Holder(UUID reviewId, @Nullable UUID personId, Instant since) {}

    @SqlBatch("""
            insert into review_holder (review_id, person_id, since) values (:reviewId, :personId, :since)
            on conflict do nothing
            """)
    void insertHolders(@BindMethods List<Holder> holders);

    /** References of everybody who ever held the review, as evidence has them. */
    @SqlQuery("""
            select p.actor_ref from review_holder h join person p on p.id = h.person_id where h.review_id = :reviewId
            """)
    Set<String> listHolders(UUID reviewId);

    /** What a plan still expects, opened or not; a window that has closed is missed. */
    String AHEAD = """
             from review
            where plan_id = :planId and attested_at is null and missed_at is null and cancelled_at is null
              and missed_from > :now and (opened_at is not null) = :opened
            """;

    @SqlQuery("select " + UNASKED + AHEAD + " order by due_on, review_number limit :limit")
    List<Review> listAhead(String planId, Instant now, boolean opened, int limit);

    @SqlQuery("select count(*)" + AHEAD)
    int countAhead(String planId, Instant now, boolean opened);

    @SqlQuery("select count(*)" + AHEAD + " and overdue_at <= :now")
    int countOverdue(String planId, Instant now, boolean opened);

    /** What was attested under a plan and waits for a second person: it opens again where they refuse. */
    @SqlQuery("select count(*) from review where plan_id = :planId and approval = 'pending' and cancelled_at is null")
    int countPending(String planId);

    @SqlUpdate("update review_counter set next_number = next_number + :count where id = 1")
    void takeNumbers(int count);

    @SqlQuery("select next_number from review_counter where id = 1")
    long nextNumber();
}
