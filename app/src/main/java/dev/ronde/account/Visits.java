package dev.ronde.account;

import dev.ronde.platform.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When each session was used last. Reading a page writes nothing: this process remembers the visit, and the row follows every ten minutes
 * on another thread, for other nodes and the next start.
 */
final class Visits {
    private static final Logger log = LoggerFactory.getLogger(Visits.class);
    static final Duration STORED_EVERY = Duration.ofMinutes(10);

    private final Database database;
    private final Executor writer;
    private final Map<UUID, Instant> seen = new ConcurrentHashMap<>();
    private final Map<UUID, Instant> stored = new ConcurrentHashMap<>();

    Visits(Database database, Executor writer) {
        this.database = database;
        this.writer = writer;
    }

    /** The session with its latest use, known here or read from its row. */
    Session latest(Session row) {
        Instant here = seen.get(row.id());
        return here == null || here.isBefore(row.lastSeenAt()) ? row : row.seen(here);
    }

    void note(Session row, Instant now) {
        seen.put(row.id(), now);
        Instant last = stored.computeIfAbsent(row.id(), id -> row.lastSeenAt());
        if (last.plus(STORED_EVERY).isBefore(now)) {
            stored.put(row.id(), now);
            writer.execute(() -> store(row.id(), now));
        }
    }

    private void store(UUID id, Instant now) {
        try {
            database.useTransaction(tx -> tx.attach(SessionDao.class).touch(id, now));
        } catch (RuntimeException e) {
            stored.put(id, Instant.EPOCH);
            log.debug("a visit could not be stored, the next one is", e);
        }
    }

    void forget(Instant idleSince) {
        seen.values().removeIf(at -> !at.isAfter(idleSince));
        stored.keySet().retainAll(seen.keySet());
    }

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
}
