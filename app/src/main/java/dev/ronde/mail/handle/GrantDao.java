package dev.ronde.mail.handle;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface GrantDao {
    @SqlUpdate("insert into mail_key (kid, created_at) values (:kid, :now) on conflict do nothing")
    void insertKey(int kid, Instant now);

    @SqlUpdate("""
            update mail_key set disabled_at = :now, disabled_reason = :reason
             where kid = :kid and disabled_at is null
            """)
    int disableKey(int kid, String reason, Instant now);

    @SqlQuery("""
            select k.kid, k.created_at, k.disabled_at, k.disabled_reason,
                   (select count(*) from mail_grant g
                     where g.kid = k.kid and g.revoked_at is null and g.expires_at > :now) as links
              from mail_key k order by k.kid
            """)
    List<MailKey> listKeys(Instant now);

    @SqlQuery("select kid from mail_key where disabled_at is not null order by kid")
    List<Integer> listDisabledKeys();

    @SqlQuery("select created_at from mail_key where kid = :kid")
    Optional<Instant> findKeyCreatedAt(int kid);

    @SqlUpdate("""
            insert into mail_grant (id, purpose, subject_id, person_id, generation, kid, created_at, expires_at)
            values (:id, :purpose, :subjectId, :personId, :generation, :kid, :createdAt, :expiresAt)
            """)
    void insert(@BindMethods Grant grant);

    @SqlQuery("""
            select id, purpose, subject_id, person_id, generation, kid, created_at, expires_at, revoked_at, revoke_reason,
                   get_count, first_get_at, last_post_at
              from mail_grant
             where purpose = :purpose and subject_id = :subjectId and person_id = :personId
             order by generation desc
             limit 1
            """)
    Optional<Grant> findNewest(String purpose, UUID subjectId, UUID personId);

    @SqlQuery("""
            select id, purpose, subject_id, person_id, generation, kid, created_at, expires_at, revoked_at, revoke_reason,
                   get_count, first_get_at, last_post_at
              from mail_grant
             where id = :id and kid = :kid and purpose = :purpose
            """)
    Optional<Grant> find(long id, int kid, String purpose);

    @SqlQuery("""
            select id, purpose, subject_id, person_id, generation, kid, created_at, expires_at, revoked_at, revoke_reason,
                   get_count, first_get_at, last_post_at
              from mail_grant
             where kid = :kid and purpose = :purpose and revoked_at is null and expires_at > :now
             order by id
            """)
    List<Grant> listLive(int kid, String purpose, Instant now);

    @SqlUpdate("update mail_grant set expires_at = :expiresAt where id = :id and expires_at < :expiresAt")
    void extend(long id, Instant expiresAt);

    @SqlUpdate("""
            update mail_grant set revoked_at = :now, revoke_reason = :reason
             where purpose = :purpose and subject_id = :subjectId and person_id = :personId and revoked_at is null
            """)
    int revoke(String purpose, UUID subjectId, UUID personId, String reason, Instant now);

    @SqlUpdate("""
            update mail_grant set revoked_at = :now, revoke_reason = :reason
             where person_id = :personId and revoked_at is null
            """)
    int revokeAll(UUID personId, String reason, Instant now);

    @SqlUpdate(
            "update mail_grant set revoked_at = :now, revoke_reason = :reason where kid = :kid and revoked_at is null")
    int revokeKey(int kid, String reason, Instant now);

    @SqlUpdate("""
            update mail_grant set get_count = get_count + 1, first_get_at = coalesce(first_get_at, :now) where id = :id
            """)
    void countGet(long id, Instant now);

    @SqlUpdate("update mail_grant set last_post_at = :now where id = :id")
    void notePost(long id, Instant now);
}
