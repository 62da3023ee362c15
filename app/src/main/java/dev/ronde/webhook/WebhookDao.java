package dev.ronde.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface WebhookDao {
    String SELECT = """
            select id, url, description, events, secret, old_secret, old_until, next_index, disabled_at, disabled_reason,
                   created_by, created_at, version
              from webhook""";

    @SqlQuery(SELECT + " order by created_at desc, id desc")
    List<Webhook> all();

    @SqlQuery(SELECT + " where id = :id")
    Optional<Webhook> find(UUID id);

    /** Locks the row until the transaction ends. */
    @SqlQuery(SELECT + " where id = :id for update")
    Optional<Webhook> lock(UUID id);

    @SqlQuery("select id from webhook where disabled_at is null and next_index < :size order by id")
    List<UUID> behind(long size);

    @SqlQuery("select tree_size from ledger_head where id = 1")
    Optional<Long> ledgerSize();

    @SqlUpdate("""
            insert into webhook (id, url, description, events, secret, next_index, created_by, created_at, version)
            values (:id, :url, :description, :events, :secret, :nextIndex, :createdBy, :createdAt, :version)""")
    void insert(@BindMethods Webhook webhook);

    @SqlUpdate("""
            update webhook
               set url = :url, description = :description, events = :events, next_index = :nextIndex,
                   disabled_at = :disabledAt, disabled_reason = :disabledReason, version = version + 1
             where id = :id""")
    void update(@BindMethods Webhook webhook);

    @SqlUpdate("""
            update webhook set old_secret = secret, old_until = :oldUntil, secret = :secret, version = version + 1
             where id = :id""")
    void rotate(UUID id, String secret, Instant oldUntil);

    @SqlUpdate("update webhook set next_index = :nextIndex where id = :id")
    void advance(UUID id, long nextIndex);

    @SqlUpdate("""
            update webhook set disabled_at = :at, disabled_reason = :reason, version = version + 1
             where id = :id and disabled_at is null""")
    int disable(UUID id, Instant at, @Nullable String reason);

    @SqlUpdate("delete from webhook where id = :id")
    void delete(UUID id);
}
