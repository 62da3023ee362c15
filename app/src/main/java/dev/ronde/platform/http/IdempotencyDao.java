package dev.ronde.platform.http;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface IdempotencyDao {
    record Answer(
            String principal,
            String idempotencyKey,
            String requestSha256,
            @Nullable Integer status,
            @Nullable String contentType,
            @Nullable String location,
            @Nullable String etag,
            @Nullable String body,
            Instant createdAt) {}

    @SqlQuery("""
            select principal, idempotency_key, request_sha256, status, content_type, location, etag, body, created_at
            from idempotency where principal = :principal and idempotency_key = :key""")
    Optional<Answer> find(String principal, String key);

    @SqlUpdate("""
            insert into idempotency(principal, idempotency_key, request_sha256, created_at)
            values (:principal, :key, :requestSha256, :now)""")
    void insert(String principal, String key, String requestSha256, Instant now);

    @SqlUpdate("""
            update idempotency set status = :status, content_type = :contentType, location = :location, etag = :etag, body = :body
            where principal = :principal and idempotency_key = :idempotencyKey""")
    void update(@BindMethods Answer answer);

    @SqlUpdate("delete from idempotency where principal = :principal and idempotency_key = :key")
    void delete(String principal, String key);

    @SqlUpdate("delete from idempotency where created_at < :before")
    int deleteBefore(Instant before);
}
