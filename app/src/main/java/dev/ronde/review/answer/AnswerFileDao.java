package dev.ronde.review.answer;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;

/** Statements on the files that come with answers; {@code ReviewFileDao} reads them with all others. */
interface AnswerFileDao {

    /**
     * A file of an answer.
     *
     * @param recordId the evidence record that holds its content
     * @param sha256 hex
     */
    record AnswerFile(
            UUID id,
            UUID reviewId,
            UUID recordId,
            String name,
            String mediaType,
            long sizeBytes,
            String sha256,
            Instant keptAt) {}

    @SqlBatch("""
            insert into answer_file (id, review_id, record_id, name, media_type, size_bytes, sha256, kept_at)
            values (:id, :reviewId, :recordId, :name, :mediaType, :sizeBytes, :sha256, :keptAt)
            """)
    void insert(@BindMethods List<AnswerFile> files);
}
