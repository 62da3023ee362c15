package dev.ronde.evidence.request;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** Reads the records of requests: there is nothing else. */
interface RequestDao {
    @SuppressWarnings("ArrayRecordComponent") // a row, never compared
    record Row(
            UUID recId,
            byte[] payload,
            @Nullable String said,
            @Nullable String fileName) {}

    record First(UUID recId, String subjectId) {}

    /** Those that match: all, or those somebody asked; in any state, or in one. */
    String WANTED = """
              from evidence_record r
             where r.rec_type = 'request.asked' and (cast(:askedBy as varchar(40)) is null or r.actor_ref = :askedBy)
               and (cast(:state as varchar(16)) is null or :state = (
                       select case n.rec_type when 'request.answered' then 'answered' when 'request.closed' then 'closed' else 'open' end
                         from evidence_record n where n.subject_kind = 'request' and n.subject_id = r.subject_id
                        order by n.rec_id desc fetch first 1 row only))
            """;

    @SqlQuery("select r.rec_id, r.subject_id " + WANTED + """
               and (cast(:before as uuid) is null or r.rec_id < :before)
             order by r.rec_id desc fetch first :limit rows only
            """)
    List<First> list(@Nullable String askedBy, @Nullable String state, @Nullable UUID before, int limit);

    @SqlQuery("select count(*) " + WANTED)
    long count(@Nullable String askedBy, @Nullable String state);

    @SqlQuery("""
            select r.rec_id, r.payload, t.private_text as said, f.private_text as file_name
              from evidence_record r
              left join evidence_private t on t.rec_id = r.rec_id and t.field = 'text'
              left join evidence_private f on f.rec_id = r.rec_id and f.field = 'file_name'
             where r.subject_kind = 'request' and r.subject_id = :id order by r.rec_id
            """)
    List<Row> listSteps(String id);

    /** One step follows the other. */
    @SqlQuery("""
            select rec_id from evidence_record
             where subject_kind = 'request' and subject_id = :id and rec_type = 'request.asked' for update""")
    Optional<UUID> lock(String id);
}
