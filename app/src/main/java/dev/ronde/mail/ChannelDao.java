package dev.ronde.mail;

import java.time.Instant;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface ChannelDao {
    @SqlQuery(
            "select state, reason, since_at, retry_at, quiet_until, let_through, failures, version from mail_channel where id = 1")
    Channel get();

    @SqlQuery("""
            select state, reason, since_at, retry_at, quiet_until, let_through, failures, version
              from mail_channel where id = 1 for update
            """)
    Channel lock();

    @SqlUpdate("""
            update mail_channel set state = 'held', reason = :reason, since_at = :now, version = version + 1
             where id = 1 and state <> 'held'
            """)
    int hold(String reason, Instant now);

    @SqlUpdate("""
            update mail_channel set state = 'open', reason = null, since_at = :now, quiet_until = :quietUntil,
                                    let_through = :letThrough, version = version + 1
             where id = 1
            """)
    void reopen(@Nullable Instant quietUntil, int letThrough, Instant now);

    @SqlUpdate("""
            update mail_channel
               set failures = failures + 1, reason = case when state = 'held' then reason else :reason end,
                   retry_at = :retryAt, state = case when state = 'open' and failures + 1 >= :limit then 'paused' else state end,
                   since_at = case when state = 'open' and failures + 1 >= :limit then :now else since_at end,
                   version = version + 1
             where id = 1
            """)
    void countFailure(String reason, int limit, Instant retryAt, Instant now);

    @SqlUpdate("""
            update mail_channel
               set failures = 0, retry_at = null, reason = case when state = 'paused' then null else reason end,
                   since_at = case when state = 'paused' then :now else since_at end,
                   state = case when state = 'paused' then 'open' else state end, version = version + 1
             where id = 1 and failures > 0
            """)
    int countSuccess(Instant now);
}
