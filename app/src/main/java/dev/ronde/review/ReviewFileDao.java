package dev.ronde.review;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on the files of reviews. */
interface ReviewFileDao {

    String COLUMNS =
            "id, review_id, sha256, file_name, media_type, file_size, added_at, added_by, added_by_name, channel, record_id";

    @SqlQuery("select " + COLUMNS + " from review_file where review_id = :reviewId order by added_at, id")
    List<ReviewFile> listByReview(UUID reviewId);

    @SqlQuery("select " + COLUMNS + " from review_file where review_id = :reviewId and sha256 = :sha256")
    Optional<ReviewFile> find(UUID reviewId, String sha256);

    @SqlUpdate("""
            insert into review_file (id, review_id, sha256, file_name, media_type, file_size, added_at, added_by, added_by_name,
                channel, record_id)
            values (:id, :reviewId, :sha256, :fileName, :mediaType, :fileSize, :addedAt, :addedBy, :addedByName, :channel, :recordId)
            """)
    void insert(@BindMethods ReviewFile file);
}
