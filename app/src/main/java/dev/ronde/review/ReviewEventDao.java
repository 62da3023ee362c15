package dev.ronde.review;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Statements on the history of reviews; rows are only added. */
public interface ReviewEventDao {

    @SqlBatch("""
            insert into review_event (id, review_id, record_id, event_type, happened_at, actor_ref, actor_name, channel,
                detail, about_ref)
            values (:id, :reviewId, :recordId, :eventType, :happenedAt, :actorRef, :actorName, :channel, :detail,
                :aboutRef)
            """)
    void insert(@BindMethods List<ReviewEvent> events);

    @SqlQuery("""
            select id, review_id, record_id, event_type, happened_at, actor_ref, actor_name, channel, detail, about_ref
              from review_event where review_id = :reviewId order by happened_at, record_id
            """)
    List<ReviewEvent> listByReview(UUID reviewId);

    @SqlQuery("""
            select id, review_id, record_id, event_type, happened_at, actor_ref, actor_name, channel, detail, about_ref
              from review_event where review_id in (<reviews>) order by happened_at, record_id
            """)
    List<ReviewEvent> listByReviews(@BindList Collection<UUID> reviews);

    @SqlQuery("select count(*) from review_event where review_id = :reviewId and event_type = :eventType")
    int count(UUID reviewId, String eventType);

    /** How these reviews came to those who have or had them, oldest first; ask for some hundred at once, so that each is looked up. */
    @SqlQuery("""
            select e.id, e.review_id, e.record_id, e.event_type, e.happened_at, e.actor_ref, e.actor_name, e.channel, e.detail,
                   e.about_ref
              from review_event e
             where e.review_id in (<reviews>)
               and e.event_type in ('opened', 'assigned', 'delegation-accepted')
             order by e.happened_at, e.record_id
            """)
    List<ReviewEvent> listGiven(@BindList Collection<UUID> reviews);

    /** An event with the number of its review; that a review is expected some day is no event of its asset. */
    record OnAsset(UUID id, long reviewNumber, String eventType, Instant happenedAt, String actorRef, String channel) {}

    @SqlQuery("""
            select e.id, r.review_number, e.event_type, e.happened_at, e.actor_ref, e.channel
              from review_event e join review r on r.id = e.review_id
             where r.asset_id = :assetId and e.happened_at <= :at and e.event_type <> 'scheduled'
             order by e.happened_at desc, e.id desc limit :limit
            """)
    List<OnAsset> listByAsset(UUID assetId, Instant at, int limit);
}
