package dev.ronde.evidence;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Appends; nothing here reads or changes what was written. */
interface EvidenceDao {
    @SqlBatch("""
            insert into evidence_record (rec_id, rec_type, subject_kind, subject_id, asset_ref, check_id, outcome,
                actor_ref, occurred_at, recorded_at, payload, leaf_hash)
            values (:recId, :recType, :subjectKind, :subjectId, :assetRef, :checkId, :outcome,
                :actorRef, :occurredAt, :recordedAt, :payload, :leafHash)
            """)
    void insertRecords(
            @BindMethods List<RecordRow> rows,
            @Bind("payload") List<byte[]> payloads,
            @Bind("leafHash") List<byte[]> hashes);

    @SqlBatch("insert into ledger_pending (rec_id) values (:recId)")
    void insertPending(@Bind("recId") List<UUID> recordIds);

    @SqlBatch("""
            insert into evidence_control (framework, control_id, rec_id)
            values (:framework, :controlId, :recId)
            """)
    void insertControls(@BindMethods List<RecordRow.Control> controls, @Bind("recId") List<UUID> recordIds);

    @SqlUpdate("""
            insert into evidence_private (rec_id, field, salt, private_text)
            values (:recId, :field, :salt, :text)
            """)
    void insertPrivate(
            @Bind("recId") UUID recordId,
            @Bind("field") String field,
            @Bind("salt") byte[] salt,
            @Bind("text") String text);

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
}
