package dev.ronde.platform.limit;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.platform.text.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * Takes from allowances, across nodes and restarts. Each key has one instant up to which it is paid for (the generic cell rate algorithm,
 * ITU-T I.371): taking one moves it on by the interval, and none is left when it lies further ahead than the burst allows. Keys are
 * hashed; nobody reads addresses here.
 */
public record Allowances(Database database, InstantSource clock) implements Tick {
    private static final int TRIES = 20;

    /** Returns the time to wait if none is left. */
    public Optional<Duration> take(String key, Allowance allowance) {
        return take(key, allowance, 1);
    }

    /** Takes so many at once, at most what is allowed at once; the time to wait where there are not as many left. */
    public Optional<Duration> take(String key, Allowance allowance, int amount) {
        Duration price = allowance.interval().multipliedBy(Math.min(amount, allowance.burst()));
        String hash = Sha256.hex(key);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            Optional<Instant> seen = paidUntil(hash);
            Instant from = seen.filter(now::isBefore).orElse(now);
            Instant paid = from.plus(price);
            Duration ahead = Duration.between(now, paid);
            if (ahead.compareTo(allowance.window()) > 0) {
                return Optional.of(ahead.minus(allowance.window()));
            }
            if (move(hash, seen, paid)) {
                return Optional.empty();
            }
        }
        // So many at the same moment are too many in themselves.
        return Optional.of(allowance.interval());
    }

    public void giveBack(String key, Allowance allowance) {
        String hash = Sha256.hex(key);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Optional<Instant> seen = paidUntil(hash);
            if (seen.isEmpty() || move(hash, seen, seen.get().minus(allowance.interval()))) {
                return;
            }
        }
    }

    public void remember(String key, Duration time) {
        String hash = Sha256.hex(key);
        Instant until = clock.instant().truncatedTo(ChronoUnit.MICROS).plus(time);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            if (move(hash, paidUntil(hash), until)) {
                return;
            }
        }
    }

    public boolean remembers(String key) {
        return paidUntil(Sha256.hex(key)).filter(clock.instant()::isBefore).isPresent();
    }

    private Optional<Instant> paidUntil(String hash) {
        return database.read(handle -> handle.attach(Dao.class).findPaidUntil(hash));
    }

    private boolean move(String hash, Optional<Instant> seen, Instant paid) {
        try {
            return database.inTransaction(tx -> {
                Dao dao = tx.attach(Dao.class);
                if (seen.isPresent()) {
                    return dao.update(hash, paid, seen.get()) == 1;
                }
                dao.insert(hash, paid);
                return true;
            });
        } catch (RuntimeException e) {
            if (Database.isUniqueViolation(e)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public String name() {
        return "allowances";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public int run(Instant now) {
        return database.inTransaction(tx -> tx.attach(Dao.class).deletePaid(now));
    }

    interface Dao {
        @SqlQuery("select paid_until from allowance where key_hash = :keyHash")
        Optional<Instant> findPaidUntil(String keyHash);

        @SqlUpdate("insert into allowance (key_hash, paid_until) values (:keyHash, :paidUntil)")
        void insert(String keyHash, Instant paidUntil);

        @SqlUpdate("update allowance set paid_until = :paidUntil where key_hash = :keyHash and paid_until = :seen")
        int update(String keyHash, Instant paidUntil, Instant seen);

        @SqlUpdate("delete from allowance where paid_until < :now")
        int deletePaid(Instant now);
    }
}
