package dev.ronde.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface DeliveryDao {
    @SqlUpdate("""
            insert into webhook_delivery (id, webhook_id, record_id, event, body, state, attempts, next_at, created_at)
            values (:id, :webhookId, :recordId, :event, :body, :state, :attempts, :nextAt, :createdAt)""")
    void insert(@BindMethods Delivery delivery);

    @SqlQuery("""
            select id, webhook_id, record_id, event, body, state, attempts, next_at, created_at, delivered_at
              from webhook_delivery where id = :id""")
    Optional<Delivery> find(UUID id);

    @SqlQuery("""
            select id, webhook_id, record_id, event, body, state, attempts, next_at, created_at, delivered_at
              from webhook_delivery
             where webhook_id = :webhookId
               and (cast(:state as varchar) is null or state = :state)
               and (cast(:beforeAt as timestamp with time zone) is null or created_at < :beforeAt
                    or (created_at = :beforeAt and id < cast(:beforeId as uuid)))
             order by created_at desc, id desc
             limit :limit""")
    List<Delivery> list(
            UUID webhookId, @Nullable String state, @Nullable Instant beforeAt, @Nullable UUID beforeId, int limit);

    @SqlQuery("""
            select count(*) from webhook_delivery
             where webhook_id = :webhookId and (cast(:state as varchar) is null or state = :state)""")
    long count(UUID webhookId, @Nullable String state);

    @SqlQuery("""
            select d.id
              from webhook_delivery d join webhook w on w.id = d.webhook_id
             where d.next_at <= :now and (d.lease_until is null or d.lease_until <= :now) and w.disabled_at is null
             order by d.next_at, d.id
             limit :limit""")
    List<UUID> due(Instant now, int limit);

    /** Claims a message for an attempt; 0 if another node was faster. The number of the attempt is the fencing token. */
    @SqlUpdate("""
            update webhook_delivery set lease_until = :until, attempts = attempts + 1
             where id = :id and next_at <= :now and (lease_until is null or lease_until <= :now)""")
    int claim(UUID id, Instant now, Instant until);

    @SqlUpdate("""
            update webhook_delivery
               set state = :state, next_at = :nextAt, delivered_at = :deliveredAt, lease_until = null
             where id = :id and attempts = :attempts and next_at is not null""")
    int settle(UUID id, int attempts, Delivery.State state, @Nullable Instant nextAt, @Nullable Instant deliveredAt);

    @SqlUpdate("""
            insert into webhook_attempt (delivery_id, number, started_at, took_ms, status, answer)
            values (:deliveryId, :number, :startedAt, :tookMs, :status, :answer)""")
    void insertAttempt(@BindMethods Delivery.Attempt attempt);

    @SqlQuery("""
            select delivery_id, number, started_at, took_ms, status, answer
              from webhook_attempt where delivery_id = :deliveryId order by number""")
    List<Delivery.Attempt> attempts(UUID deliveryId);

    @SqlUpdate("update webhook_delivery set next_at = :now, state = 'WAITING', lease_until = null where id = :id")
    void sendAgain(UUID id, Instant now);

    @SqlQuery(
            "select id from webhook_delivery where created_at < :before and next_at is null order by created_at limit :limit")
    List<UUID> old(Instant before, int limit);

    @SqlUpdate("delete from webhook_attempt where delivery_id = :id")
    void deleteAttempts(UUID id);

    @SqlUpdate("delete from webhook_delivery where id = :id")
    void delete(UUID id);

    @SqlUpdate("""
            delete from webhook_attempt
             where delivery_id in (select id from webhook_delivery where webhook_id = :webhookId)""")
    void deleteAllAttempts(UUID webhookId);

    @SqlUpdate("delete from webhook_delivery where webhook_id = :webhookId")
    void deleteAll(UUID webhookId);
}
