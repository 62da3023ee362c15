package dev.ronde.evidence;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** How much evidence there is about a thing. */
public final class RecordCount {
    private RecordCount() {}

    interface Dao {
        @SqlQuery("select count(*) from evidence_record where subject_kind = :kind and subject_id = :id")
        long countAbout(@Bind("kind") String kind, @Bind("id") String id);
    }

    /** The records whose subject it is, sealed or not. */
    public static long about(Handle handle, String kind, String id) {
        return handle.attach(Dao.class).countAbout(kind, id);
    }
}
