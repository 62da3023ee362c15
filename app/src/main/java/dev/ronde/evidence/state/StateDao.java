package dev.ronde.evidence.state;

import dev.ronde.evidence.RecordParts;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** Reads records for the comparison with the tables. */
interface StateDao extends RecordParts {
    @SuppressWarnings("ArrayRecordComponent") // read once and parsed
    record Recorded(UUID recId, byte @Nullable [] payload) {}

    record Text(UUID recId, String field, String privateText) {}

    /** One index lookup for each subject. */
    @SqlQuery("""
            select e.rec_id, e.payload
              from unnest(cast(:subjects as varchar array)) as s(subject)
              join evidence_record e on e.subject_kind = :kind and e.subject_id = s.subject and e.rec_type in (<types>)
            """)
    List<Recorded> listOfSubjects(String kind, @BindList Collection<String> types, String[] subjects);

    @SqlQuery("select rec_id, payload from evidence_record where rec_id in (<ids>) and rec_type = :type")
    List<Recorded> listByIds(String type, @BindList Collection<UUID> ids);

    @SqlQuery("""
            select rec_id, field, private_text from evidence_private where rec_id in (<ids>) and private_text is not null
            """)
    List<Text> listTexts(@BindList Collection<UUID> ids);

    @SqlQuery("select payload from evidence_record where rec_type = :type order by rec_id desc limit 1")
    Optional<byte[]> findNewest(String type);
}
