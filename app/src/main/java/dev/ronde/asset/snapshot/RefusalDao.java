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

/** Statements on refused documents; whoever writes holds the row of the source in {@code snapshot_source}. */
interface RefusalDao {
    String COLUMNS = """
            id, asset_id, source, first_at, last_at, times, looked_at, collected_at, actor_ref, code, place, ended_at, push_sequence
            """;

    @SqlQuery("select " + COLUMNS + """
             from snapshot_refusal where asset_id = :assetId and source = :source and ended_at is null
            """)
    Optional<Refusal> findOpen(UUID assetId, String source);

    @SqlQuery("select " + COLUMNS + """
             from snapshot_refusal where asset_id = :assetId and ended_at is null order by source
            """)
    List<Refusal> listOpen(UUID assetId);

    @SqlQuery("select " + COLUMNS + """
             from snapshot_refusal
            where asset_id in (<assetIds>) and source in (<sources>) and ended_at is null order by asset_id, source
            """)
    List<Refusal> listOpenOf(@BindList Collection<UUID> assetIds, @BindList("sources") Collection<String> sources);

    @SqlQuery("select " + COLUMNS + """
             from snapshot_refusal where asset_id = :assetId and first_at <= :at order by first_at desc, id desc limit :limit
            """)
    List<Refusal> listUntil(UUID assetId, Instant at, int limit);

    @SqlUpdate("""
            insert into snapshot_refusal (id, asset_id, source, first_at, last_at, times, looked_at, collected_at, actor_ref, code, place,
                push_sequence)
            values (:id, :assetId, :source, :firstAt, :lastAt, :times, :lookedAt, cast(:collectedAt as timestamp with time zone),
                :actorRef, :code, cast(:place as varchar), cast(:pushSequence as bigint))
            """)
    void insert(@BindMethods Refusal refusal);

    @SqlUpdate("""
            update snapshot_refusal set last_at = :lastAt, times = :times, looked_at = :lookedAt,
                collected_at = cast(:collectedAt as timestamp with time zone), actor_ref = :actorRef, code = :code,
                place = cast(:place as varchar), push_sequence = cast(:pushSequence as bigint)
            where id = :id
            """)
    void update(@BindMethods Refusal refusal);

    /** Ends refusals not newer than {@code collectedAt} nor after {@code sequence}; the same number is a retry. */
    @SqlUpdate("""
            update snapshot_refusal set ended_at = :now
            where asset_id = :assetId and source = :source and ended_at is null and looked_at <= :collectedAt
              and (push_sequence is null or cast(:sequence as bigint) is null or push_sequence <= cast(:sequence as bigint))
            """)
    void end(UUID assetId, String source, Instant collectedAt, @Nullable Long sequence, Instant now);

    @SqlUpdate("delete from snapshot_refusal where asset_id = :assetId and source = :source and ended_at < :before")
    void forget(UUID assetId, String source, Instant before);
}
