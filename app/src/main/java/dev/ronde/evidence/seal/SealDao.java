package dev.ronde.evidence.seal;

import dev.ronde.evidence.ledger.Hash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterArgumentFactory;
import org.jdbi.v3.sqlobject.config.RegisterColumnMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements of the sealer; {@code ledger_head} is its lock. */
@RegisterColumnMapper(HashMapper.class)
@RegisterArgumentFactory(HashArguments.class)
interface SealDao {
    @SqlUpdate("insert into ledger_head (id, tree_size, root_hash) values (1, 0, :root) on conflict do nothing")
    void insertHead(Hash root);

    @SqlQuery("select tree_size, root_hash from ledger_head where id = 1 for update")
    HeadRow lockHead();

    @SqlQuery("select tree_size, root_hash from ledger_head where id = 1")
    HeadRow getHead();

    @SqlUpdate("update ledger_head set tree_size = :size, root_hash = :root where id = 1 and tree_size = :before")
    int advanceHead(long before, long size, Hash root);

    /**
     * Oldest first: UUIDv7 orders by time. What a node whose clock is ahead recorded after {@code until} waits. The left join keeps H2 from
     * reading all records, as it plans while there are none.
     */
    @SqlQuery("""
            select p.rec_id, r.leaf_hash
            from ledger_pending p left join evidence_record r on r.rec_id = p.rec_id
            where r.recorded_at <= :until
            order by p.rec_id
            fetch first :limit rows only
            """)
    List<PendingRow> listPending(Instant until, int limit);

    @SqlQuery("select count(*) from ledger_pending")
    long countPending();

    @SqlQuery("select count(*) from ledger_pending where rec_id = :recId")
    int countPending(UUID recId);

    @SqlQuery("select recorded_at from evidence_record where rec_id = :recId")
    Optional<Instant> findRecordedAt(UUID recId);

    @SqlQuery("""
            select count(*)
            from ledger_pending p left join evidence_record r on r.rec_id = p.rec_id
            where r.recorded_at < :before
            """)
    long countPendingSince(Instant before);

    @SqlBatch("delete from ledger_pending where rec_id = :recId")
    void deletePending(@BindMethods List<PendingRow> rows);

    @SqlQuery("select leaf_hash from evidence_record where rec_id = :recId")
    Hash getLeafHash(UUID recId);

    @SqlBatch("insert into ledger_leaf (idx, rec_id, leaf_hash) values (:idx, :recId, :leafHash)")
    void insertLeaves(List<Long> idx, @BindMethods List<PendingRow> rows);

    @SqlBatch("insert into ledger_node (node_level, idx, hash) values (:level, :idx, :hash)")
    void insertNodes(@BindMethods List<NodeRow> rows);

    @SqlQuery("select tree_size, root_hash, note, key_id, sealed_at from ledger_checkpoint where tree_size = :size")
    Optional<SealedCheckpoint> findCheckpoint(long size);

    @SqlQuery("""
            select tree_size, root_hash, note, key_id, sealed_at from ledger_checkpoint
            order by tree_size desc fetch first 1 rows only
            """)
    Optional<SealedCheckpoint> findNewestCheckpoint();

    @SqlUpdate("""
            insert into ledger_checkpoint (tree_size, root_hash, note, key_id, sealed_at)
            values (:treeSize, :rootHash, :note, :keyId, :sealedAt)
            """)
    void insertCheckpoint(@BindMethods SealedCheckpoint checkpoint);

    /** When the seal was recorded that gave the tree this size. */
    @SqlQuery("""
            select r.recorded_at from ledger_leaf l join evidence_record r on r.rec_id = l.rec_id
            where l.idx = :lastIdx
            """)
    Optional<Instant> findSealedAt(long lastIdx);

    @SqlQuery("select payload from evidence_record where rec_type = :type order by rec_id desc")
    List<byte[]> listPayloads(String type);

    @SqlUpdate("""
            insert into ledger_anchor (anchor_id, tree_size, kind, target, status, anchored_at)
            values (:id, :size, :kind, :target, 'sent', :at)
            """)
    void insertAnchor(UUID id, long size, String kind, String target, Instant at);

    @SqlQuery("select payload from evidence_record where rec_type = :type order by rec_id desc fetch first 1 rows only")
    Optional<byte[]> findNewestPayload(String type);

    @SqlQuery("select max(tree_size) from ledger_anchor where kind = :kind")
    Optional<Long> findLargestAnchor(String kind);

    @SqlQuery("""
            select cosignature from ledger_anchor
            where tree_size = :size and kind = 'witness' and status = 'confirmed'
            order by target, anchored_at, anchor_id
            """)
    List<String> listCosignatures(long size);

    @SqlQuery("select count(*) from ledger_anchor where tree_size = :size and kind = :kind")
    int countAnchors(long size, String kind);
}
