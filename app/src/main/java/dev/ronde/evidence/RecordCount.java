package dev.ronde.evidence;

import dev.ronde.platform.db.Batches;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** How much evidence there is about things. */
public final class RecordCount {
    private RecordCount() {}

    record Counted(String subjectId, long records) {}

    interface Dao {
        @SqlQuery("""
                select subject_id, count(*) as records from evidence_record
                 where subject_kind = :kind and subject_id in (<ids>)
                 group by subject_id
                """)
        List<Counted> countAbout(String kind, @BindList Collection<String> ids);
    }

    /** The records whose subject each of some hundred things is, sealed or not, by its id; those without a record are left out. */
    public static Map<String, Long> about(Handle handle, String kind, List<String> ids) {
        return Batches.of(ids).stream()
                .flatMap(some -> handle.attach(Dao.class).countAbout(kind, some).stream())
                .collect(Collectors.toMap(Counted::subjectId, Counted::records));
    }
}
