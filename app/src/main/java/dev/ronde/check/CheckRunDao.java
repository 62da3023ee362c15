package dev.ronde.check;

import dev.ronde.catalogue.Outcome;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** Statements on runs and missed occurrences. */
public interface CheckRunDao {
    String COLUMNS = """
            r.id, r.asset_id, r.check_id, r.check_version, r.check_sha256, r.outcome, r.reason, r.severity, r.incomplete, r.due_at,
            r.started_at, r.finished_at, r.fresh_until, r.fingerprint, r.record_id
            """;

    String MATCHING = """
            from check_run r join asset a on a.id = r.asset_id
            where (cast(:asset as uuid) is null or r.asset_id = cast(:asset as uuid)) and (cast(:check as varchar) is null or r.check_id = :check)
              and (cast(:outcomeCode as varchar) is null or r.outcome = :outcomeCode)
              and (cast(:answeredBy as uuid) is null
                or a.id in (select f.asset_id from sees_asset f where f.person_id = cast(:answeredBy as uuid)))
            """;

    @SqlBatch("""
            insert into check_missed (asset_id, check_id, due_at, noticed_at, reason, record_id)
            values (:assetId, :checkId, :dueAt, :noticedAt, :reason, :recordId)
            """)
    void insertMissed(@BindMethods List<Missed> missed);

    record Missed(UUID assetId, String checkId, Instant dueAt, Instant noticedAt, String reason, UUID recordId) {}

    @SqlQuery("select asset_id, check_id, due_at, noticed_at, reason, record_id from check_missed"
            + " where asset_id = :assetId order by due_at")
    List<Missed> listMissed(@Bind("assetId") UUID assetId);

    record RecordOf(UUID id, UUID recordId) {}

    @SqlQuery("select id, record_id from check_run where id in (<ids>)")
    List<RecordOf> listRecords(@BindList("ids") Collection<UUID> ids);

    @SqlQuery("select " + COLUMNS + " from check_run r where r.id = :id")
    Optional<CheckRun> find(@Bind("id") UUID id);

    @SqlQuery("select " + COLUMNS + " from check_run r where r.id in (<ids>)")
    List<CheckRun> listByIds(@BindList("ids") Collection<UUID> ids);

    @SqlQuery("select " + COLUMNS + MATCHING + """
              and (cast(:before as uuid) is null or r.id < cast(:before as uuid))
            order by r.id desc limit :limit
            """)
    List<CheckRun> list(@BindMethods RunFilter filter, @Bind("before") @Nullable UUID before, @Bind("limit") int limit);

    @SqlQuery("select " + COLUMNS + MATCHING + """
              and r.finished_at >= :from and r.finished_at < :to and (r.finished_at > :from or r.id > :after)
            order by r.finished_at, r.id limit :limit
            """)
    List<CheckRun> listEnded(
            @BindMethods RunFilter filter, @BindMethods RunFilter.Stretch stretch, @Bind("limit") int limit);

    @SqlQuery("select count(*) from (select r.id " + MATCHING + " limit :most) as counted")
    long count(@BindMethods RunFilter filter, @Bind("most") long most);

    @SuppressWarnings("ArrayRecordComponent") // read once and parsed
    record Payload(UUID recId, byte[] payload) {}

    @SqlQuery("select rec_id, payload from evidence_record where rec_id in (<recordIds>)")
    List<Payload> listPayloads(@BindList("recordIds") Collection<UUID> recordIds);

    @SqlQuery("select content from evidence_blob where sha256 = :sha256")
    Optional<byte[]> findBlob(@Bind("sha256") byte[] sha256);

    /**
     * Which runs. Null does not restrict.
     *
     * @param answeredBy owner or backup owner of the asset, for those who see only what is theirs
     */
    record RunFilter(
            @Nullable UUID asset,
            @Nullable String check,
            @Nullable Outcome outcome,
            @Nullable UUID answeredBy) {
        public @Nullable String outcomeCode() {
            return outcome == null ? null : outcome.code();
        }

        /**
         * A stretch of time and where in it to begin.
         *
         * @param from runs that ended at this instant or later
         * @param after of those that ended at {@code from} only the ones with a greater id
         * @param to and before this instant
         */
        public record Stretch(Instant from, UUID after, Instant to) {}
    }
}
