package dev.ronde.account;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface TokenDao {
    String TOKEN = """
            select t.id, t.name, t.hint, t.actor_ref, t.role, t.created_by, o.created_by as behind, p.id is null as unowned,
                   case when p.active then p.role end as maker_role,
                   t.created_at, t.expires_at, t.last_used_at, t.revoked_at, t.version
              from api_token t join api_token o on o.actor_ref = t.origin_ref left join person p on p.actor_ref = o.created_by
            """;

    @SqlQuery(TOKEN + " where t.token_hash = :tokenHash")
    Optional<ApiToken> findByTokenHash(String tokenHash);

    @SqlQuery(TOKEN + " where t.id = :id")
    Optional<ApiToken> find(UUID id);

    @SqlQuery("select name from api_token where actor_ref = :actorRef")
    Optional<String> findName(String actorRef);

    @SqlQuery("select actor_ref, name from api_token where actor_ref in (<refs>)")
    List<PersonDao.Named> listNames(@BindList Collection<String> refs);

    @SqlQuery("select id from api_token where actor_ref = :actorRef")
    Optional<UUID> findId(String actorRef);

    @SqlQuery("select id from api_token where created_by = :actorRef order by created_at, id")
    List<UUID> listMadeBy(String actorRef);

    @SqlQuery("""
            select o.created_by from api_token t join api_token o on o.actor_ref = t.origin_ref
             where t.actor_ref = :actorRef""")
    Optional<String> findMaker(String actorRef);

    @SqlQuery("select origin_ref from api_token where actor_ref = :actorRef")
    Optional<String> findOrigin(String actorRef);

    @SqlQuery(TOKEN + """
             where cast(:beforeAt as timestamp with time zone) is null or t.created_at < :beforeAt
                or (t.created_at = :beforeAt and t.id < cast(:beforeId as uuid))
             order by t.created_at desc, t.id desc
             limit :limit""")
    List<ApiToken> list(@Nullable Instant beforeAt, @Nullable UUID beforeId, int limit);

    /** The unrevoked tokens made by the person or by one of their tokens, newest first. */
    @SqlQuery(TOKEN + """
             where o.created_by = :personRef and t.revoked_at is null
             order by t.created_at desc, t.id desc""")
    List<ApiToken> listBehind(String personRef);

    @SqlQuery("select count(*) from api_token")
    long count();

    @SqlUpdate("""
            insert into api_token (id, name, token_hash, hint, actor_ref, role, created_by, origin_ref, created_at, expires_at, version)
            values (:id, :name, :tokenHash, :hint, :actorRef, :role, :createdBy, :originRef, :now, :expiresAt, 1)""")
    void insert(
            UUID id,
            String name,
            String tokenHash,
            String hint,
            String actorRef,
            String role,
            String createdBy,
            String originRef,
            Instant now,
            Instant expiresAt);

    @SqlUpdate("update api_token set last_used_at = :now where id = :id")
    void touch(UUID id, Instant now);

    @SqlUpdate("""
            update api_token set revoked_at = :now, version = version + 1
             where id = :id and revoked_at is null""")
    int revoke(UUID id, Instant now);
}
