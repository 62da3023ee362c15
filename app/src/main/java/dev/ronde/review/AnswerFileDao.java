package dev.ronde.review;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Statements on the files of reviews; rows are only added. */
interface AnswerFileDao {
    @SqlBatch("""
            insert into answer_file (id, review_id, record_id, name, media_type, size_bytes, sha256, kept_at)
            values (:id, :reviewId, :recordId, :name, :mediaType, :sizeBytes, :sha256, :keptAt)
            """)
    void insert(@BindMethods List<AnswerFile> files);

    @SqlQuery("""
            select id, review_id, record_id, name, media_type, size_bytes, sha256, kept_at
              from answer_file where review_id = :reviewId order by kept_at, name
            """)
    List<AnswerFile> listByReview(UUID reviewId);

    @SqlQuery("select content from evidence_blob where sha256 = :sha256")
    Optional<byte[]> findContent(byte[] sha256);
}
