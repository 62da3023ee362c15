package dev.ronde.evidence;

import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Appends; nothing here reads or changes what was written. Many records at once: {@link RecordBatch}. */
interface EvidenceDao {
    @SqlUpdate("""
            insert into evidence_blob (sha256, media_type, size_bytes, content)
            values (:sha256, :mediaType, :size, :content)
            on conflict do nothing
            """)
    void insertBlob(
            @Bind("sha256") byte[] sha256,
            @Bind("mediaType") String mediaType,
            @Bind("size") long size,
            @Bind("content") byte[] content);

    @SqlQuery("select content from evidence_blob where sha256 = :sha256")
    Optional<byte[]> findBlob(@Bind("sha256") byte[] sha256);
}
