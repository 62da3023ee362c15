package dev.ronde.evidence.seal;

import dev.ronde.evidence.RecordParts;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Reads the log in index order, by key ranges: constant memory on both databases. */
interface LeafDao extends RecordParts {
    @SqlQuery("""
            select l.idx, l.rec_id, l.leaf_hash, r.payload, r.leaf_hash as record_hash, coalesce(r.rec_type, '') as rec_type
            from ledger_leaf l left join evidence_record r on r.rec_id = l.rec_id
            where l.rec_id = :recId
            """)
    Optional<LeafRow> findLeaf(UUID recId);

    @SqlQuery("""
            select l.idx, l.rec_id, l.leaf_hash, r.payload, r.leaf_hash as record_hash, coalesce(r.rec_type, '') as rec_type
            from ledger_leaf l left join evidence_record r on r.rec_id = l.rec_id
            where l.idx >= :from and l.idx < :until
            order by l.idx
            """)
    List<LeafRow> listLeaves(long from, long until);
}
