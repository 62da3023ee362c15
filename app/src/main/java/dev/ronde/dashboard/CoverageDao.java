package dev.ronde.dashboard;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** What coverage is computed from: assets, who is enrolled since when, and which reviews became due. */
interface CoverageDao {
    record AssetRow(
            UUID id,
            String ref,
            String name,
            @Nullable String unit,
            @Nullable String ownerName,
            @Nullable LocalDate lastReviewOn,
            Instant createdAt,
            @Nullable Instant retiredAt) {}

    record EnrolmentRow(
            UUID id,
            UUID assetId,
            LocalDate enrolledOn,
            @Nullable Instant endedAt) {}

    record SlotRow(
            UUID enrolmentId,
            int slotNo,
            LocalDate dueOn,
            Instant overdueAt,
            @Nullable Instant attestedAt,
            @Nullable Instant cancelledAt) {}

    @SqlQuery("""
            select a.id, a.ref, a.name, a.unit, p.name as owner_name, a.last_review_on, a.created_at, a.retired_at
              from asset a left join person p on p.id = a.owner_id
             where (a.retired_at is null or a.retired_at > :since)
               and (cast(:person as uuid) is null
                    or a.owner_id = cast(:person as uuid) or a.backup_id = cast(:person as uuid))
             order by a.ref""")
    List<AssetRow> listAssets(Instant since, @Nullable UUID person);

    @SqlQuery("""
            select id, asset_id, enrolled_on, ended_at from enrolment
             where ended_at is null or ended_at > :since""")
    List<EnrolmentRow> listEnrolments(Instant since);

    @SqlQuery("""
            select enrolment_id, slot_no, due_on, overdue_at, attested_at, cancelled_at
              from review
             where overdue_at <= :now or attested_at is not null
             order by enrolment_id, slot_no""")
    List<SlotRow> listSlots(Instant now);

    record NextDue(UUID assetId, LocalDate dueOn) {}

    @SqlQuery("""
            select asset_id, min(due_on) as due_on
              from review
             where attested_at is null and cancelled_at is null and missed_at is null and missed_from > :now
             group by asset_id""")
    List<NextDue> listNextDue(Instant now);
}
