package dev.ronde.account;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface SessionDao {
    @SqlQuery("""
            select id, person_id, created_at, last_seen_at, expires_at from web_session where token_hash = :tokenHash""")
    Optional<Session> findByTokenHash(String tokenHash);

    @SqlUpdate("""
            insert into web_session (id, token_hash, person_id, created_at, last_seen_at, expires_at)
            values (:id, :tokenHash, :personId, :now, :now, :expiresAt)""")
    void insert(UUID id, String tokenHash, UUID personId, Instant now, Instant expiresAt);

    @SqlUpdate("update web_session set last_seen_at = :now where id = :id and last_seen_at < :now")
    void touch(UUID id, Instant now);

    @SqlUpdate("delete from web_session where id = :id")
    int delete(UUID id);

    @SqlUpdate("delete from web_session where person_id = :personId")
    int deleteOf(UUID personId);

    @SqlUpdate("delete from web_session where expires_at <= :now or last_seen_at <= :idleSince")
    int deleteExpired(Instant now, Instant idleSince);
}
