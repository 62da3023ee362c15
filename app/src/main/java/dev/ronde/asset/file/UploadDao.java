package dev.ronde.asset.file;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on files that wait between the preview of an import and its confirmation. */
interface UploadDao {
    @SqlUpdate("""
            insert into asset_upload (id, actor_ref, file_name, content, created_at)
            values (:id, :actorRef, :fileName, :content, :now)
            """)
    void insertUpload(
            @Bind("id") UUID id,
            @Bind("actorRef") String actorRef,
            @Bind("fileName") String fileName,
            @Bind("content") byte[] content,
            @Bind("now") Instant now);

    @SqlQuery("select content from asset_upload where id = :id and actor_ref = :actorRef")
    Optional<byte[]> findUpload(@Bind("id") UUID id, @Bind("actorRef") String actorRef);

    @SqlQuery("select file_name from asset_upload where id = :id")
    Optional<String> findUploadName(@Bind("id") UUID id);

    @SqlUpdate("delete from asset_upload where id = :id or created_at < :before")
    void deleteUploads(@Bind("id") UUID id, @Bind("before") Instant before);
}
