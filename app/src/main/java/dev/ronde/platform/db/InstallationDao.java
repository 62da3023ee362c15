package dev.ronde.platform.db;

import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface InstallationDao {
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

    /** PostgreSQL: until the end of the transaction nobody moves the clock; waits for whoever does. */
    @SqlQuery("select 1 from (select pg_advisory_xact_lock_shared(:lock)) as held")
    int keepClock(@Bind("lock") long lock);

    /** PostgreSQL: waits for every transaction that keeps the clock, and lets none begin until this one ends. */
    @SqlQuery("select 1 from (select pg_advisory_xact_lock(:lock)) as held")
    int takeClock(@Bind("lock") long lock);

    /** PostgreSQL: how long this transaction waits for a lock. */
    @SqlUpdate("set local lock_timeout = '5s'")
    void waitAtMostFiveSeconds();

    @SqlUpdate("update installation set clock_offset_micros = clock_offset_micros + :micros where id = 1")
    void moveOffset(@Bind("micros") long micros);
}
