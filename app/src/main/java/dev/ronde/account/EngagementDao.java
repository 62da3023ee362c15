package dev.ronde.account;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface EngagementDao {
    record Stored(UUID id, UUID personId, String firm, LocalDate fromOn, LocalDate untilOn) {}

    record Name(String kind, String name) {}

    @SqlQuery("""
            select id, person_id, firm, from_on, until_on from engagement where person_id = :personId and ended_at is null""")
    Optional<Stored> find(UUID personId);

    @SqlQuery("""
            select id, person_id, firm, from_on, until_on from engagement
             where ended_at is null and until_on < :today order by until_on, id""")
    List<Stored> listOver(LocalDate today);

    @SqlQuery("select kind, name from engagement_scope where engagement_id = :id order by kind, name")
    List<Name> listNames(UUID id);

    /** Whether anything was ever recorded about an asset of this ref. */
    @SqlQuery("select exists (select 1 from evidence_record where asset_ref = :ref)")
    boolean existsAsset(String ref);

    @SqlUpdate("""
            insert into engagement (id, person_id, firm, from_on, until_on, created_at, created_by)
            values (:row.id, :row.personId, :row.firm, :row.fromOn, :row.untilOn, :now, :by)""")
    void insert(@BindMethods("row") Stored row, Instant now, String by);

    @SqlUpdate("insert into engagement_scope (engagement_id, kind, name) values (:id, :kind, :name)")
    void insertName(UUID id, String kind, String name);

    @SqlUpdate("update engagement set ended_at = :now where person_id = :personId and ended_at is null")
    int end(UUID personId, Instant now);
}
