package dev.ronde.account;

import dev.ronde.platform.config.Settings;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.time.Ids;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/**
 * One-time links that lead to {@code /setup?code=…}: one makes the first administrator, the others let a person choose
 * a password. Opening a link changes nothing; only its form uses it up. The database holds hashes of the codes.
 */
record SetupLinks(Database database, Settings settings, InstantSource clock) {
    static final Duration LIFETIME = Duration.ofDays(7);

    /** A fresh link for the first administrator, valid for seven days; empty once there is an administrator. */
    public Optional<URI> first() {
        return database.inTransaction(tx -> administered(tx) ? Optional.empty() : Optional.of(link(tx, null)));
    }

    /** A link with which this person chooses a password; earlier ones stop working. */
    public URI forPerson(Handle tx, UUID personId) {
        endAll(tx, personId);
        return link(tx, personId);
    }

    void endAll(Handle tx, UUID personId) {
        tx.attach(SetupCodeDao.class).deleteOf(personId);
    }

    /** Empty if it cannot be used: never for a person who was deactivated or has no role. */
    Optional<SetupCode> find(Handle handle, String code) {
        return handle.attach(SetupCodeDao.class).findUsable(Secrets.sha256(code), clock.instant());
    }

    /** Whether the code is for a first administrator although there already is one. */
    boolean late(Handle handle, SetupCode code) {
        return code.personId() == null && administered(handle);
    }

    static boolean administered(Handle handle) {
        return !handle.attach(PersonDao.class).listByRole(Role.ADMIN.name()).isEmpty();
    }

    /** False if somebody else used it first or there is an administrator by now. */
    boolean use(Handle tx, SetupCode code) {
        if (late(tx, code)) {
            return false;
        }
        SetupCodeDao dao = tx.attach(SetupCodeDao.class);
        boolean used = dao.use(code.id(), clock.instant()) == 1;
        if (used && code.personId() == null) {
            dao.deleteFirst();
        }
        return used;
    }

    private URI link(Handle tx, @Nullable UUID personId) {
        String code = Secrets.fresh();
        Instant now = clock.instant();
        tx.attach(SetupCodeDao.class).insert(Ids.next(clock), Secrets.sha256(code), personId, now, now.plus(LIFETIME));
        String base = settings.baseUrl().toString().replaceAll("/+$", "");
        return URI.create(base + "/setup?code=" + code);
    }

    /**
     * A usable one-time code.
     *
     * @param personId whom it lets choose a password; null for the link that makes the first administrator
     */
    record SetupCode(UUID id, @Nullable UUID personId, Instant expiresAt) {}

    interface SetupCodeDao {
        @SqlQuery("""
                select c.id, c.person_id, c.expires_at from setup_code c left join person p on p.id = c.person_id
                 where c.code_hash = :codeHash and c.used_at is null and c.expires_at > :now
                   and (c.person_id is null or (p.active and p.role is not null))""")
        Optional<SetupLinks.SetupCode> findUsable(String codeHash, Instant now);

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
}
