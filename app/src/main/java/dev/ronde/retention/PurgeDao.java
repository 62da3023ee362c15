package dev.ronde.retention;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface PurgeDao {
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Old(long idx, UUID recId, byte[] payload) {}

    /** Where the last seal ended that was made before then. */
    @SqlQuery("select coalesce(max(tree_size), 0) from ledger_checkpoint where sealed_at < :before")
    long countSealed(Instant before);

    @SqlQuery("select exists (select 1 from legal_hold)")
    boolean anyHold();

    @SqlQuery("""
            select l.idx, r.rec_id, r.payload
              from ledger_leaf l join evidence_record r on r.rec_id = l.rec_id
             where l.idx >= :from and l.idx < :until and r.rec_type in ('check.result', 'run.missed')
               and r.payload is not null and not
            """ + HoldDao.HELD + " order by l.idx fetch first :limit rows only")
    List<Old> list(long from, long until, Instant now, int limit);

    /** Asks again whether a hold covers them. */
    @SqlUpdate("""
            update evidence_record r set payload = null
             where r.rec_id in (<ids>) and r.rec_type in ('check.result', 'run.missed') and not
            """ + HoldDao.HELD)
    int purge(@BindList Collection<UUID> ids, Instant now);

    @SqlUpdate("delete from evidence_blob_use where rec_id in (<ids>)")
    void deleteUses(@BindList Collection<UUID> ids);

    @SqlUpdate("""
            delete from evidence_blob
             where sha256 = :sha256 and not exists (select 1 from evidence_blob_use u where u.sha256 = evidence_blob.sha256)
            """)
    int deleteUnused(byte[] sha256);
}
