package dev.ronde.platform.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface JobDao {
    String COLUMNS =
            "id, kind, params, state, done, total, failed, result_url, error, started_by, cancel_requested, created_at,"
                    + " started_at, finished_at, attempts";

    @SqlUpdate("""
            insert into job(id, kind, params, state, started_by, created_at)
            values (:id, :kind, :params, 'queued', :startedBy, :now)""")
    void insert(UUID id, String kind, String params, String startedBy, Instant now);

    @SqlQuery("select " + COLUMNS + " from job where id = :id")
    Optional<Job> find(UUID id);

    @SqlQuery("select " + COLUMNS + " from job order by created_at desc, id limit :limit")
    List<Job> list(int limit);

    @SqlQuery("""
            select id from job
            where state = 'queued' or (state = 'running' and lease_until <= :now)
            order by created_at, id limit :limit""")
    List<UUID> listWaiting(Instant now, int limit);

    @SqlUpdate("""
            update job set state = 'running', lease_token = :token, lease_until = :until, attempts = attempts + 1,
              started_at = coalesce(started_at, :started)
            where id = :id and (state = 'queued' or (state = 'running' and lease_until <= :now))""")
    int claim(UUID id, UUID token, Instant now, Instant until, Instant started);

    @SqlUpdate("update job set lease_until = :until where id = :id and lease_token = :token and state = 'running'")
    int renew(UUID id, UUID token, Instant until);

    @SqlUpdate("""
            update job set done = :done, total = :total, failed = :failed, result_url = :resultUrl
            where id = :id and lease_token = :token""")
    int updateProgress(UUID id, UUID token, long done, long total, long failed, @Nullable String resultUrl);

    @SqlUpdate("""
            update job set state = :state, error = :error, finished_at = :now, lease_token = null, lease_until = null
            where id = :id and lease_token = :token""")
    int finish(UUID id, UUID token, String state, @Nullable String error, Instant now);

    @SqlUpdate("update job set cancel_requested = true where id = :id and finished_at is null and not cancel_requested")
    int requestCancel(UUID id);

    @SqlQuery("select cancel_requested from job where id = :id")
    Optional<Boolean> cancelRequested(UUID id);
}
