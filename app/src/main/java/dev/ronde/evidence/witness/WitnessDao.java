package dev.ronde.evidence.witness;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface WitnessDao {
    @SqlQuery("""
            select max(tree_size) from ledger_anchor
            where kind = 'witness' and target = :witness and status = 'confirmed'
            """)
    Optional<Long> findConfirmed(String witness);

    @SqlQuery("""
            select status, tree_size, anchored_at from ledger_anchor
            where kind = 'witness' and target = :witness
            order by anchored_at desc, tree_size desc, anchor_id desc fetch first 1 rows only
            """)
    Optional<WitnessAnswer> findNewest(String witness);

    /** Whether anything but seals and anchors was sealed between two sizes: those alone would have themselves cosigned for ever. */
    @SqlQuery("""
            select l.idx from ledger_leaf l join evidence_record r on r.rec_id = l.rec_id
            where l.idx >= :from and l.idx < :until
              and r.rec_type not in ('ledger.seal', 'anchor.confirmed', 'anchor.failed')
            order by l.idx fetch first 1 rows only
            """)
    Optional<Long> findNews(long from, long until);

    @SqlUpdate("""
            insert into ledger_anchor (anchor_id, tree_size, kind, target, status, anchored_at, cosignature)
            values (:id, :size, 'witness', :witness, :status, :at, :cosignature)
            """)
    void insert(UUID id, long size, String witness, String status, Instant at, @Nullable String cosignature);
}
