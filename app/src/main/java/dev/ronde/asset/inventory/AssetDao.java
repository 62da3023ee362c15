package dev.ronde.asset.inventory;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.BatchChunkSize;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface AssetDao {
    String COLUMNS = """
            id, ref, name, kind, owner_id, backup_id, manager_id, environment, criticality, data_class, unit, address, port,
            hostname, starttls, zone, tags, declared_ports, expected_closed, probe_authorised_until, last_review_on, notes,
            created_at, updated_at, retired_at, version
            """;

    @SqlQuery("select " + COLUMNS + " from asset where ref = :ref")
    Optional<Asset> findByRef(String ref);

    @SqlQuery("select " + COLUMNS + " from asset where id = :id")
    Optional<Asset> findById(UUID id);

    @SqlQuery("select " + COLUMNS + " from asset where ref in (<refs>)")
    List<Asset> listByRefs(@BindList(onEmpty = BindList.EmptyHandling.NULL_STRING) Collection<String> refs);

    @SqlQuery("select " + COLUMNS + " from asset where id in (<ids>)")
    List<Asset> listByIds(@BindList Collection<UUID> ids);

    @SqlQuery("select " + COLUMNS + " from asset where retired_at is null and id > :after order by id limit :limit")
    List<Asset> listActiveAfter(UUID after, int limit);

    @SqlQuery("select " + COLUMNS + " from asset where updated_at >= :since and retired_at is null order by id")
    List<Asset> listChangedSince(Instant since);

    @SqlQuery("select " + COLUMNS + """
             from asset
            where retired_at is null and (owner_id = :person or backup_id = :person or manager_id = :person)
            order by ref
            """)
    List<Asset> listNaming(UUID person);

    @SqlQuery("select exists (select 1 from sees_asset where person_id = :personId and asset_id = :assetId)")
    boolean isSeen(UUID personId, UUID assetId);

    String LABEL = """
            select p.id, p.actor_ref, p.email, p.name,
                   not exists (select 1 from gone_person g where g.person_id = p.id) as here
              from person p
            """;

    @SqlQuery(LABEL + " where p.id in (<ids>)")
    List<PersonLabel> listPeople(@BindList Collection<UUID> ids);

    @SqlQuery(LABEL + " where p.email_key in (<addresses>)")
    List<PersonLabel> listPeopleByAddress(@BindList Collection<String> addresses);

    @SqlQuery("select distinct unit from asset where unit is not null and retired_at is null order by unit limit 200")
    List<String> listUnits();

    @SqlQuery("""
            select distinct environment from asset
            where environment is not null and retired_at is null order by environment limit 200
            """)
    List<String> listEnvironments();

    @SqlQuery("select distinct tag from asset_tag order by tag limit 500")
    List<String> listTags();

    @BatchChunkSize(1000)
    @SqlBatch("""
            update asset set name = :asset.name, kind = :asset.kind, owner_id = cast(:ownerId as uuid),
                backup_id = cast(:backupId as uuid), manager_id = cast(:managerId as uuid), environment = :asset.environment,
                criticality = :criticality, data_class = :asset.dataClass, unit = :asset.unit, address = :asset.address,
                port = :asset.port, hostname = :asset.hostname, starttls = :asset.starttls, zone = :asset.zone, tags = :tags,
                declared_ports = :ports, expected_closed = :asset.expectedClosed,
                probe_authorised_until = :asset.probeAuthorisedUntil, last_review_on = :asset.lastReviewOn,
                notes = :asset.notes, updated_at = :asset.updatedAt, retired_at = :asset.retiredAt, version = :asset.version
            where id = :asset.id and version = :previousVersion
            """)
    int[] update(@BindMethods Collection<AssetRow> rows);

    @SqlUpdate("delete from asset_tag where asset_id in (<ids>)")
    void deleteTags(@BindList Collection<UUID> ids);

    String VERSION =
            "select asset_id, rev, rec_id, what, actor_ref, recorded_at, changed, state from asset_version where asset_id = :assetId ";

    @SqlQuery(VERSION + "and recorded_at <= :at order by rev desc limit :limit")
    List<AssetVersion> listVersionsUntil(UUID assetId, Instant at, int limit);

    /**
     * The version an asset had until the instant, and every later one that changed a field.
     *
     * @param field its name in JSON between commas and percent signs
     */
    @SqlQuery(VERSION + """
              and (rev = (select max(f.rev) from asset_version f where f.asset_id = :assetId and f.recorded_at < :since)
                   or recorded_at >= :since and (what = 'created' or ',' || changed || ',' like :field))
            """)
    List<AssetVersion> listVersionsOf(UUID assetId, String field, Instant since);
}
