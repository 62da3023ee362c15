package dev.ronde.platform.db;

import java.util.Optional;
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

    @SqlUpdate("update installation set clock_offset_micros = :micros where id = 1")
    void updateOffset(long micros);
}
