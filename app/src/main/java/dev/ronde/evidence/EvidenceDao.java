package dev.ronde.evidence;

import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Appends; nothing here reads or changes what was written. Many records at once: {@link RecordBatch}. */
interface EvidenceDao extends RecordParts {
    @SqlUpdate("""
            insert into evidence_blob (sha256, media_type, size_bytes, content)
            values (:sha256, :mediaType, :size, :content)
            on conflict do nothing
            """)
    void insertBlob(byte[] sha256, String mediaType, long size, byte[] content);

    /** With its foreign key it keeps the attachment there until both are committed. */
    @SqlUpdate("insert into evidence_blob_use (sha256, rec_id) values (:sha256, :recId) on conflict do nothing")
    void insertBlobUse(byte[] sha256, UUID recId);
}
