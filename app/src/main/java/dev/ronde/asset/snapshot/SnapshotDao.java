package dev.ronde.asset.snapshot;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface SnapshotDao {
    String COLUMNS = """
            s.id, s.asset_id, s.source, s.digest, s.canon_version, s.collected_at, s.received_at, s.last_seen_at, c.content
            """;
    String ROW = """
            s.id, s.asset_id, s.source, s.digest, s.canon_version, s.collected_at, s.received_at, s.last_seen_at
            """;
    String FROM = " from snapshot s join snapshot_content c on c.digest = s.digest ";

    /**
     * The lock and memory of one source of one asset.
     *
     * @param collectedAt the newest time of collection, that of arrival, less what clocks may differ, where a push named none
     * @param pushSequence the highest sequence number seen
     */
    record SourceRow(
            @Nullable UUID snapshotId,
            @Nullable Instant collectedAt,
            @Nullable Long pushSequence) {}

    @SqlQuery("""
            select snapshot_id, collected_at, push_sequence from snapshot_source
            where asset_id = :assetId and source = :source for update
            """)
    Optional<SourceRow> findSourceForUpdate(UUID assetId, String source);

    @SqlUpdate("insert into snapshot_source (asset_id, source) values (:assetId, :source) on conflict do nothing")
    void insertSource(UUID assetId, String source);

    @SqlUpdate("""
            update snapshot_source set snapshot_id = :snapshotId, collected_at = cast(:collectedAt as timestamp with time zone),
                push_sequence = cast(:pushSequence as bigint)
            where asset_id = :assetId and source = :source
            """)
    void updateSource(
            UUID assetId, String source, UUID snapshotId, @Nullable Instant collectedAt, @Nullable Long pushSequence);

    @SqlUpdate("""
            insert into snapshot_content (digest, source, canon_version, content, stored_at)
            values (:digest, :source, :canonVersion, :content, :now) on conflict do nothing
            """)
    void insertContent(String digest, String source, int canonVersion, String content, Instant now);

    @SqlUpdate("""
            insert into snapshot (id, asset_id, source, digest, canon_version, collected_at, received_at, last_seen_at)
            values (:id, :assetId, :source, :digest, :canonVersion, :collectedAt, :receivedAt, :lastSeenAt)
            """)
    void insert(@BindMethods Snapshot snapshot);

    /** The time never goes back. */
    @SqlUpdate("update snapshot set last_seen_at = :seenAt where id = :id and last_seen_at < :seenAt")
    void updateSeen(UUID id, Instant seenAt);

    @SqlQuery("select " + ROW + " from snapshot s where s.id = :id")
    Optional<Snapshot.Row> findRow(UUID id);

    @SqlQuery("select " + ROW + """
            from snapshot s join snapshot_source l on l.snapshot_id = s.id
            where l.asset_id = :assetId and l.source = :source
            """)
    Optional<Snapshot.Row> findLatestRow(UUID assetId, String source);

    @SqlQuery("select " + ROW + """
            from snapshot s join snapshot_source l on l.snapshot_id = s.id where l.asset_id = :assetId order by s.source
            """)
    List<Snapshot.Row> listLatestRows(UUID assetId);

    @SqlQuery("select " + COLUMNS + FROM + """
            join snapshot_source l on l.snapshot_id = s.id
            where l.asset_id = :assetId and l.source = :source
            """)
    Optional<Snapshot> findLatest(UUID assetId, String source);

    @SqlQuery("select " + COLUMNS + FROM + """
            join snapshot_source l on l.snapshot_id = s.id
            where l.asset_id = :assetId order by s.source
            """)
    List<Snapshot> listLatest(UUID assetId);

    @SqlQuery("select " + COLUMNS + FROM + """
            join snapshot_source l on l.snapshot_id = s.id
            where l.asset_id in (<assetIds>) and l.source in (<sources>) order by s.asset_id, s.source
            """)
    List<Snapshot> listLatestOf(@BindList Collection<UUID> assetIds, @BindList Collection<String> sources);

    @SqlQuery("select " + ROW + """
            from snapshot s where s.asset_id = :assetId and s.digest = :digest order by s.id desc limit 1
            """)
    Optional<Snapshot.Row> findRowByDigest(UUID assetId, String digest);

    @SqlQuery("select " + COLUMNS + FROM + """
            where s.asset_id = :assetId and s.digest = :digest order by s.id desc limit 1
            """)
    Optional<Snapshot> findByDigest(UUID assetId, String digest);

    @SqlQuery("select " + ROW + """
            from snapshot s where s.asset_id = :assetId and (cast(:source as varchar) is null or s.source = :source)
              and (cast(:before as varchar) is null or s.id < cast(:before as uuid))
            order by s.id desc limit :limit
            """)
    List<Snapshot.Row> list(UUID assetId, @Nullable String source, @Nullable String before, int limit);

    @SqlQuery("select " + ROW + """
            from snapshot s where s.asset_id = :assetId and s.received_at <= :at order by s.id desc limit :limit
            """)
    List<Snapshot.Row> listUntil(UUID assetId, Instant at, int limit);

    @SqlQuery("""
            select count(*) from snapshot
            where asset_id = :assetId and (cast(:source as varchar) is null or source = :source)
            """)
    long count(UUID assetId, @Nullable String source);

    @SqlQuery("select secret from snapshot_key where id = 1")
    Optional<byte[]> findKey();

    @SqlUpdate("insert into snapshot_key (id, secret, created_at) values (1, :secret, :now) on conflict do nothing")
    void insertKey(byte[] secret, Instant now);
}
