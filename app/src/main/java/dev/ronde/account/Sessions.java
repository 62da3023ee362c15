package dev.ronde.account;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.platform.time.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;

/**
 * Sessions live in the database, so they survive a restart and hold on every node. The cookie carries a random secret;
 * only its hash is stored.
 */
public final class Sessions implements Tick {
    private static final String FORM_TOKEN = "form";

    private final Database database;
    private final InstantSource clock;
    private final Visits visits;

    public Sessions(Database database, InstantSource clock) {
        this(database, clock, onThreadOfItsOwn());
    }

    /** @param writer stores visits, out of the way of those who read */
    Sessions(Database database, InstantSource clock, Executor writer) {
        this.database = database;
        this.clock = clock;
        this.visits = new Visits(database, writer);
    }

    private static Executor onThreadOfItsOwn() {
        ThreadPoolExecutor one =
                new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "visits");
                    thread.setDaemon(true);
                    return thread;
                });
        one.allowCoreThreadTimeOut(true);
        return one;
    }

    String open(Handle tx, UUID personId) {
        String secret = Secrets.fresh();
        Instant now = clock.instant();
        tx.attach(Visits.SessionDao.class)
                .insert(Ids.next(clock), Secrets.sha256(secret), personId, now, now.plus(Session.LONGEST));
        return secret;
    }

    /** The active person behind a cookie, if its session is live. Writes nothing: see {@link Visits}. */
    Optional<Person> find(String secret) {
        Instant now = clock.instant();
        return database.read(handle -> {
            Optional<Session> live = handle.attach(Visits.SessionDao.class)
                    .findByTokenHash(Secrets.sha256(secret))
                    .map(visits::latest)
                    .filter(found -> found.isLive(now));
            live.ifPresent(found -> visits.note(found, now));
            return live.flatMap(found -> handle.attach(PersonDao.class).find(found.personId()))
                    .filter(person ->
                            person.active() && person.role() != null && Engagement.admits(handle, person, now));
        });
    }

    /** Whether this person may sign in today. */
    boolean admits(Handle handle, Person person) {
        return Engagement.admits(handle, person, clock.instant());
    }

    static String formToken(String secret) {
        return Secrets.derived(secret, FORM_TOKEN);
    }

    void close(Handle tx, String secret) {
        Visits.SessionDao dao = tx.attach(Visits.SessionDao.class);
        dao.findByTokenHash(Secrets.sha256(secret)).ifPresent(found -> dao.delete(found.id()));
    }

    /** Ends every session of a person: after a new password, a new role or a deactivation. */
    void closeAll(Handle tx, UUID personId) {
        tx.attach(Visits.SessionDao.class).deleteOf(personId);
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
        visits.forget(now.minus(Session.IDLE));
        return database.inTransaction(tx -> tx.attach(Visits.SessionDao.class)
                        .deleteExpired(now, now.minus(Session.IDLE).minus(Visits.STORED_EVERY))
                + tx.attach(SetupLinks.SetupCodeDao.class).deleteExpired(now));
    }
}
