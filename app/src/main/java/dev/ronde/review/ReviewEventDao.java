package dev.ronde.review;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Statements on the history of reviews; rows are only added. */
interface ReviewEventDao {

    @SqlBatch("""
            insert into review_event (id, review_id, record_id, event_type, happened_at, actor_ref, actor_name, channel,
                detail)
            values (:id, :reviewId, :recordId, :eventType, :happenedAt, :actorRef, :actorName, :channel, :detail)
            """)
    void insert(@BindMethods List<ReviewEvent> events);

    @SqlQuery("""
            select id, review_id, record_id, event_type, happened_at, actor_ref, actor_name, channel, detail
              from review_event where review_id = :reviewId order by happened_at, record_id
            """)
    List<ReviewEvent> listByReview(UUID reviewId);

    @SqlQuery("select count(*) from review_event where review_id = :reviewId")
    long countByReview(UUID reviewId);
}
