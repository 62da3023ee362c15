package dev.ronde.review.enrolment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on enrolments. */
public interface EnrolmentDao {

    String COLUMNS = "id, plan_id, asset_id, enrolled_on, slots, last_slot_on, anchor_on, ended_at, end_reason";

    @SqlQuery("select " + COLUMNS + " from enrolment where plan_id = :planId order by id")
    List<Enrolment> listByPlan(String planId);

    @SqlQuery("select " + COLUMNS + " from enrolment where plan_id = :planId and asset_id in (<assetIds>) order by id")
    List<Enrolment> listByPlanAndAssets(String planId, @BindList List<UUID> assetIds);

    @SqlQuery("select " + COLUMNS + " from enrolment where asset_id = :assetId and ended_at is null order by id")
    List<Enrolment> listActiveByAsset(UUID assetId);

    @SqlQuery("select " + COLUMNS + " from enrolment where id = :id for update")
    Optional<Enrolment> lock(UUID id);

    /** Locks some hundred at once, always in the same order. */
    @SqlQuery("select " + COLUMNS + " from enrolment where id in (<ids>) order by id for update")
    List<Enrolment> lockAll(@BindList Collection<UUID> ids);

    @SqlQuery("select " + COLUMNS + " from enrolment where id = :id")
    Optional<Enrolment> find(UUID id);

    /** Enrolments whose rows do not reach beyond the horizon; a single-date plan has no more rows to come. */
    @SqlQuery("select " + COLUMNS + """
             from enrolment
            where ended_at is null and last_slot_on <= :horizon
              and plan_id not in (select p.id from plan p where p.once_on is not null)
            order by id limit :limit
            """)
    List<Enrolment> listShort(LocalDate horizon, int limit);

    @SqlQuery("select count(*) from enrolment where plan_id = :planId and ended_at is null")
    long countActive(String planId);

    @SqlBatch("""
            insert into enrolment (id, plan_id, asset_id, enrolled_on, slots, last_slot_on)
            values (:id, :planId, :assetId, :enrolledOn, :slots, :lastSlotOn)
            """)
    void insert(@BindMethods List<Enrolment> enrolments);

    @SqlBatch("update enrolment set slots = :slots, last_slot_on = :lastSlotOn where id = :id")
    void updateSlots(@BindMethods List<Enrolment> enrolments);

    @SqlUpdate("update enrolment set anchor_on = :anchorOn where id = :id")
    void updateAnchor(UUID id, @Nullable LocalDate anchorOn);

    /** The plan sets its slots anew, so every asset counts from the plan's anchor again. */
    @SqlUpdate("update enrolment set anchor_on = null where plan_id = :planId and anchor_on is not null")
    void clearAnchors(String planId);

    @SqlUpdate("update enrolment set ended_at = :now, end_reason = :reason where id = :id and ended_at is null")
    int end(UUID id, Instant now, String reason);

    @SqlUpdate(
            "update enrolment set ended_at = :now, end_reason = :reason where plan_id = :planId and ended_at is null")
    int endAll(String planId, Instant now, String reason);

    @SqlUpdate("""
            update enrolment set ended_at = null, end_reason = null, enrolled_on = :enrolledOn, last_slot_on = null, anchor_on = null
             where id = :id and ended_at is not null
            """)
    int resume(UUID id, LocalDate enrolledOn);
}
