package dev.ronde.review.file;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on the files of reviews. */
interface ReviewFileDao {

    /** Files from pages, the API and mail answers; the review's history names who sent the mail. */
    String FILES = """
            select id, review_id, sha256, file_name, media_type, file_size, added_at, added_by, added_by_name, channel, record_id
              from (select id, review_id, sha256, file_name, media_type, file_size, added_at, added_by, added_by_name, channel, record_id
                      from review_file
                    union all
                    select a.id, a.review_id, a.sha256, a.name, a.media_type, a.size_bytes, a.kept_at, e.actor_ref, e.actor_name,
                           e.channel, a.record_id
                      from answer_file a join review_event e on e.review_id = a.review_id and e.record_id = a.record_id) f
             where f.review_id = :reviewId
            """;

    @SqlQuery("select id from review where id = :reviewId for update")
    Optional<UUID> lock(UUID reviewId);

    @SqlQuery(FILES + " order by added_at, id")
    List<ReviewFile> listByReview(UUID reviewId);

    @SqlQuery(FILES + " and sha256 = :sha256 order by added_at, id limit 1")
    Optional<ReviewFile> find(UUID reviewId, String sha256);

    @SqlUpdate("""
            insert into review_file (id, review_id, sha256, file_name, media_type, file_size, added_at, added_by, added_by_name,
                channel, record_id)
            values (:id, :reviewId, :sha256, :fileName, :mediaType, :fileSize, :addedAt, :addedBy, :addedByName, :channel, :recordId)
            """)
    void insert(@BindMethods ReviewFile file);
}
