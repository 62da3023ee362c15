package dev.ronde.evidence.sample;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** Reads the records of freezes and of what was drawn from them: there is nothing else. */
interface FreezeDao {
    @SuppressWarnings("ArrayRecordComponent") // a row, never compared
    record Row(UUID recId, byte[] payload, @Nullable String givenBy) {}

    String ROWS = """
            select r.rec_id, r.payload, p.private_text as given_by
              from evidence_record r
              left join evidence_private p on p.rec_id = r.rec_id and p.field = 'given_by'
            """;

    @SqlQuery(ROWS + """
             where r.rec_type = 'population.frozen' and (cast(:before as uuid) is null or r.rec_id < :before)
               and (cast(:askedBy as varchar(40)) is null or r.actor_ref = :askedBy)
             order by r.rec_id desc fetch first :limit rows only
            """)
    List<Row> listFreezes(@Nullable UUID before, @Nullable String askedBy, int limit);

    @SqlQuery("""
            select count(*) from evidence_record where rec_type = 'population.frozen'
               and (cast(:askedBy as varchar(40)) is null or actor_ref = :askedBy)""")
    long count(@Nullable String askedBy);

    /** The freeze, then what was drawn, in that order. */
    @SqlQuery(ROWS + " where r.subject_kind = 'freeze' and r.subject_id = :id order by r.rec_id")
    List<Row> list(String id);

    /** The first checkpoint that covers the record; empty while it is not sealed. */
    @SqlQuery("""
            select c.note from ledger_checkpoint c
             where c.tree_size > (select l.idx from ledger_leaf l where l.rec_id = :recId)
             order by c.tree_size fetch first 1 row only
            """)
    Optional<String> findCheckpoint(UUID recId);

    /** Draws from one bundle follow each other. */
    @SqlQuery("select export_id from evidence_export where export_id = :exportId for update")
    Optional<UUID> lock(UUID exportId);
}
