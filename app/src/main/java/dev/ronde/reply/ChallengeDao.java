package dev.ronde.reply;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface ChallengeDao {
    @SqlUpdate("""
            insert into mail_challenge (id, grant_id, action, form_sha256, tries, created_at, expires_at, used_at)
            values (:id, :grantId, :action, :formSha256, :tries, :createdAt, :expiresAt, :usedAt)
            """)
    void insert(@BindMethods Challenge challenge);

    @SqlQuery("""
            select id, grant_id, action, form_sha256, tries, created_at, expires_at, used_at
              from mail_challenge where id = :id
            """)
    Optional<Challenge> find(UUID id);

    /** The codes asked for with this link after the instant, newest first. */
    @SqlQuery("""
            select id, grant_id, action, form_sha256, tries, created_at, expires_at, used_at
              from mail_challenge where grant_id = :grantId and created_at > :after
             order by created_at desc, id desc
            """)
    List<Challenge> listOf(long grantId, Instant after);

    /** Counts 1 row, or 0 where the limit is reached; of two at once the second sees the first. */
    @SqlUpdate("""
            update mail_challenge set tries = tries + 1
             where id = :id and tries < :limit and used_at is null
            """)
    int countTry(UUID id, int limit);

    @SqlUpdate("update mail_challenge set used_at = :now where id = :id and used_at is null")
    int use(UUID id, Instant now);

    @SqlUpdate("update mail_challenge set expires_at = :now where id = :id and expires_at > :now")
    int expire(UUID id, Instant now);
}
