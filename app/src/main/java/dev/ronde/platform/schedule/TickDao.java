package dev.ronde.platform.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface TickDao {
    record Run(String name, Instant at, @Nullable String error) {}

    @SqlQuery("select name, last_run_at, next_run_at, last_error from tick order by name")
    List<TickStatus> list();

    @SqlQuery("select next_run_at from tick where name = :name")
    Optional<Instant> findNext(String name);

    @SqlBatch("update tick set last_run_at = :at, last_error = :error, node = :node where name = :name")
    int[] updateRuns(@BindMethods List<Run> runs, String node);

    @SqlUpdate(
            "update tick set next_run_at = :next where name = :name and (next_run_at is null or next_run_at <= :now)")
    int advance(String name, Instant now, Instant next);

    @SqlUpdate("insert into tick(name, last_run_at, next_run_at) values (:name, :now, :next)")
    void insert(String name, @Nullable Instant now, @Nullable Instant next);
}
