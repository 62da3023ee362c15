package dev.ronde.platform.db;

import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.time.Ids;
import dev.ronde.platform.time.ProductClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/**
 * Who this installation is.
 *
 * @param installationId random, made with the database; part of every handle
 * @param organisation its name, as the set-up page asked
 * @param zone zone chosen at set-up; null where the setting decides
 * @param locale language chosen at set-up; null where the setting decides
 * @param testClock whether this home has lived under a test clock
 * @param clockOffsetMicros distance of the product's time from the real clock; 0 without test clock
 */
public record Installation(
        UUID installationId,
        Instant createdAt,
        @Nullable String organisation,
        @Nullable ZoneId zone,
        @Nullable Locale locale,
        boolean testClock,
        long clockOffsetMicros) {

    /** Advisory lock: transactions share it, so that the clock stands still; moving the clock takes it alone. */
    private static final long CLOCK_LOCK = 0x52_6f_6e_64_65_63_6cL;

    /**
     * Reads this installation, creating it in a new database, and sets the clock's offset.
     *
     * @param testClock the instant at which a new home's time starts; empty in production
     * @throws SettingsException where a home that lived under a test clock is opened without one, or the reverse
     */
    public static Installation open(Database database, ProductClock clock, Optional<Instant> testClock) {
        Installation installation = find(database).orElseGet(() -> create(database, clock, testClock));
        if (installation.testClock() && testClock.isEmpty()) {
            throw new SettingsException(
                    "This home has lived under a test clock. Start it with RONDE_TEST_CLOCK, or use another home:"
                            + " its evidence must not be taken for real time.");
        }
        if (!installation.testClock() && testClock.isPresent()) {
            throw new SettingsException("This home lives in real time. RONDE_TEST_CLOCK works in a new home only;"
                    + " unset it or choose another RONDE_HOME.");
        }
        clock.setOffset(Duration.of(installation.clockOffsetMicros(), ChronoUnit.MICROS));
        if (installation.testClock() && database.dialect() == Dialect.POSTGRESQL) {
            database.beginWith(tx -> keepClock(tx, clock));
        }
        return installation;
    }

    /** All nodes agree on the time: what was recorded before a move of the clock is committed before it. */
    private static void keepClock(Handle tx, ProductClock clock) {
        Dao dao = tx.attach(Dao.class);
        dao.keepClock(CLOCK_LOCK);
        dao.findOffset().ifPresent(micros -> clock.follow(Duration.of(micros, ChronoUnit.MICROS)));
    }

    public static Optional<Installation> find(Database database) {
        return database.read(Installation::find);
    }

    public static Optional<Installation> find(Handle handle) {
        return handle.attach(Dao.class).find();
    }

    /** Keeps what the set-up page asked about the whole installation. */
    public static void describe(Handle tx, String organisation, String zone, String locale) {
        tx.attach(Dao.class).describe(organisation, zone, locale);
    }

    private static Installation create(Database database, ProductClock clock, Optional<Instant> testClock) {
        Instant base = clock.baseInstant();
        long offset =
                testClock.map(start -> ChronoUnit.MICROS.between(base, start)).orElse(0L);
        clock.setOffset(Duration.of(offset, ChronoUnit.MICROS));
        Installation made =
                new Installation(Ids.next(clock), clock.instant(), null, null, null, testClock.isPresent(), offset);
        try {
            database.useTransaction(tx -> tx.attach(Dao.class).insert(made));
            return made;
        } catch (RuntimeException e) {
            if (Database.isUniqueViolation(e)) {
                return find(database).orElseThrow();
            }
            throw e;
        }
    }

    /** Moves the test clock forward for every node, between two transactions; takes effect here at once. */
    public static void advance(Database database, ProductClock clock, Duration step) {
        try {
            move(database, step, database.dialect() == Dialect.POSTGRESQL);
        } catch (RuntimeException e) {
            if (!Database.isLockTimeout(e)) {
                throw e;
            }
            // a transaction waits for something that begins after the move
            move(database, step, false);
        }
        followOffset(database, clock);
    }

    private static void move(Database database, Duration step, boolean alone) {
        database.useBareTransaction(tx -> {
            Dao dao = tx.attach(Dao.class);
            if (alone) {
                dao.waitAtMostFiveSeconds();
                dao.takeClock(CLOCK_LOCK);
            }
            dao.moveOffset(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.EPOCH.plus(step)));
        });
    }

    public static void followOffset(Database database, ProductClock clock) {
        find(database).ifPresent(found -> clock.follow(Duration.of(found.clockOffsetMicros(), ChronoUnit.MICROS)));
    }

    interface Dao {
        @SqlUpdate("update installation set organisation = :organisation, zone = :zone, locale = :locale where id = 1")
        void describe(String organisation, String zone, String locale);

        @SqlQuery("""
                select installation_id, created_at, organisation, zone, locale, test_clock, clock_offset_micros
                from installation where id = 1""")
        Optional<Installation> find();

        @SqlUpdate("""
                insert into installation(id, installation_id, created_at, organisation, zone, locale, test_clock, clock_offset_micros)
                values (1, :installationId, :createdAt, :organisation, :zone, :locale, :testClock, :clockOffsetMicros)""")
        void insert(@BindMethods Installation installation);

        @SqlQuery("select clock_offset_micros from installation where id = 1")
        Optional<Long> findOffset();

        /** PostgreSQL: keeps the clock from moving until the transaction ends; waits for a move under way. */
        @SqlQuery("select 1 from (select pg_advisory_xact_lock_shared(:lock)) as held")
        int keepClock(long lock);

        /** PostgreSQL: waits for every transaction that keeps the clock, and lets none begin until this one ends. */
        @SqlQuery("select 1 from (select pg_advisory_xact_lock(:lock)) as held")
        int takeClock(long lock);

        @SqlUpdate("set local lock_timeout = '5s'")
        void waitAtMostFiveSeconds();

        @SqlUpdate("update installation set clock_offset_micros = clock_offset_micros + :micros where id = 1")
        void moveOffset(long micros);
    }
}
