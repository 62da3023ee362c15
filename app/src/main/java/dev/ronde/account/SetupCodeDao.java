package dev.ronde.account;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface SetupCodeDao {
    @SqlQuery("""
            select c.id, c.person_id, c.expires_at from setup_code c left join person p on p.id = c.person_id
             where c.code_hash = :codeHash and c.used_at is null and c.expires_at > :now
               and (c.person_id is null or (p.active and p.role is not null))""")
    Optional<SetupCode> findUsable(String codeHash, Instant now);

    @SqlUpdate("""
            insert into setup_code (id, code_hash, person_id, created_at, expires_at)
            values (:id, :codeHash, cast(:personId as uuid), :now, :expiresAt)""")
    void insert(UUID id, String codeHash, @Nullable UUID personId, Instant now, Instant expiresAt);

    @SqlUpdate("update setup_code set used_at = :now where id = :id and used_at is null")
    int use(UUID id, Instant now);

    @SqlUpdate("delete from setup_code where person_id is null and used_at is null")
    int deleteFirst();

    @SqlUpdate("delete from setup_code where person_id = :personId and used_at is null")
    int deleteOf(UUID personId);

    @SqlUpdate("delete from setup_code where expires_at <= :now")
    int deleteExpired(Instant now);
}
