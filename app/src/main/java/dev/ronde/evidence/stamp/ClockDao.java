package dev.ronde.evidence.stamp;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Times that others told, and when this server took them in. */
interface ClockDao {
    record Stamp(String target, Instant generatedAt, Instant anchoredAt) {}

    record Word(String target, String cosignature, Instant anchoredAt) {}

    @SqlQuery("""
            select a.target, s.generated_at, a.anchored_at
              from ledger_stamp s join ledger_anchor a on a.kind = 'tsa' and a.tree_size = s.tree_size
             order by s.tree_size desc fetch first 1 rows only""")
    Optional<Stamp> findStamp();

    @SqlQuery("""
            select target, cosignature, anchored_at from ledger_anchor
             where kind = 'witness' and status = 'confirmed' and cosignature is not null
             order by tree_size desc, anchored_at desc, anchor_id desc fetch first 1 rows only""")
    Optional<Word> findWord();

    /** Not known to H2. */
    @SqlQuery("select clock_timestamp()")
    Instant getDatabaseClock();
}
