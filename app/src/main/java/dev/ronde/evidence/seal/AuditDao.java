package dev.ronde.evidence.seal;

import dev.ronde.evidence.RecordParts;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterArgumentFactory;
import org.jdbi.v3.sqlobject.config.RegisterColumnMapper;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

@RegisterColumnMapper(HashMapper.class)
@RegisterArgumentFactory(HashArguments.class)
interface AuditDao extends RecordParts {
    @SqlQuery("""
            select l.idx, l.rec_id, l.leaf_hash, r.payload, r.leaf_hash as record_hash, r.rec_type, r.subject_kind, r.subject_id,
                r.asset_ref, r.check_id, r.outcome, r.actor_ref, r.occurred_at, r.recorded_at
            from ledger_leaf l left join evidence_record r on r.rec_id = l.rec_id
            where l.idx >= :from and l.idx < :until
            order by l.idx
            """)
    @RegisterRowMapper(AuditRow.Mapper.class)
    List<AuditRow> listRows(long from, long until);

    @SqlQuery("""
            select tree_size, root_hash, note, key_id, sealed_at from ledger_checkpoint
            where tree_size > :after
            order by tree_size
            fetch first :limit rows only
            """)
    List<SealedCheckpoint> listCheckpoints(long after, int limit);

    @SqlQuery("select count(*) from ledger_leaf")
    long countLeaves();

    /** Without those that retention took the payload of. */
    @SqlQuery("select count(payload) from evidence_record")
    long countRecords();

    /** Records that wait for a place in the log; pending rows without a record do not count. */
    @SqlQuery("""
            select count(*) from ledger_pending p
            left join evidence_record r on r.rec_id = p.rec_id
            left join ledger_leaf l on l.rec_id = p.rec_id
            where r.rec_id is not null and l.rec_id is null
            """)
    long countWaiting();

    @SqlQuery(
            "select count(*) from ledger_pending p left join evidence_record r on r.rec_id = p.rec_id where r.rec_id is null")
    long countPendingWithoutRecord();

    @SqlQuery("""
            select r.rec_id from evidence_record r
            left join ledger_leaf l on l.rec_id = r.rec_id
            left join ledger_pending p on p.rec_id = r.rec_id
            where l.rec_id is null and p.rec_id is null
            order by r.rec_id
            fetch first 20 rows only
            """)
    List<UUID> listOutsideLog();
}
