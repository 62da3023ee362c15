package dev.ronde.account;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.platform.time.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Sessions live in the database, so they survive a restart and hold on every node. The cookie carries a random secret;
 * only its hash is stored.
 */
public final class Sessions implements Tick {
    private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);
    private static final String FORM_TOKEN = "form";

    private final Database database;
    private final InstantSource clock;

    public Sessions(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Opens a session and returns the secret for its cookie. */
    String open(Handle tx, UUID personId) {
        String secret = Secrets.fresh();
        Instant now = clock.instant();
        tx.attach(SessionDao.class)
                .insert(Ids.next(clock), Secrets.sha256(secret), personId, now, now.plus(Session.LONGEST));
        return secret;
    }

    /** The active person behind a cookie, if its session is live. Notes the visit at most once a minute. */
    Optional<Person> find(String secret) {
        Instant now = clock.instant();
        return database.inTransaction(tx -> {
            SessionDao dao = tx.attach(SessionDao.class);
            Optional<Session> live = dao.findByTokenHash(Secrets.sha256(secret)).filter(found -> found.isLive(now));
            live.filter(found -> found.lastSeenAt().plus(TOUCH_EVERY).isBefore(now))
                    .ifPresent(found -> dao.touch(found.id(), now));
            return live.flatMap(found -> tx.attach(PersonDao.class).find(found.personId()))
                    .filter(person -> person.active() && person.role() != null);
        });
    }

    /** The token every form of this session carries against cross-site posts. */
    static String formToken(String secret) {
        return Secrets.derived(secret, FORM_TOKEN);
    }

    void close(Handle tx, String secret) {
        SessionDao dao = tx.attach(SessionDao.class);
        dao.findByTokenHash(Secrets.sha256(secret)).ifPresent(found -> dao.delete(found.id()));
    }

    /** Ends every session of a person: after a new password, a new role or a deactivation. */
    void closeAll(Handle tx, UUID personId) {
        tx.attach(SessionDao.class).deleteOf(personId);
    }

    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    /** Forgets sessions and one-time codes that can no longer be used. */
    @Override
    public int run(Instant now) {
        return database.inTransaction(tx -> tx.attach(SessionDao.class).deleteExpired(now, now.minus(Session.IDLE))
                + tx.attach(SetupCodeDao.class).deleteExpired(now));
    }
}
