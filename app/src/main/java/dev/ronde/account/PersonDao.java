package dev.ronde.account;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface PersonDao {
    String PERSON =
            "select id, actor_ref, email, name, role, zone, language, working_days, active, version from person ";

    @SqlQuery(PERSON + "where id = :id")
    Optional<Person> find(UUID id);

    @SqlQuery(PERSON + "where id in (<ids>)")
    List<Person> listByIds(@BindList Collection<UUID> ids);

    @SqlQuery(PERSON + "where email_key = :emailKey")
    Optional<Person> findByEmailKey(String emailKey);

    @SqlQuery(PERSON + "where actor_ref = :actorRef")
    Optional<Person> findByRef(String actorRef);

    @SqlQuery("select name from person where actor_ref = :actorRef")
    Optional<String> findName(String actorRef);

    record Named(String actorRef, String name) {}

    @SqlQuery("select actor_ref, name from person where actor_ref in (<refs>)")
    List<Named> listNames(@BindList Collection<String> refs);

    @SqlQuery("select count(*) from person where ' ' || lower(name) || ' ' like '% ' || :word || ' %'")
    long countCalled(String word);

    @SqlQuery("select password_hash from person where id = :id and password_hash is not null")
    Optional<String> findPasswordHash(UUID id);

    @SqlQuery(PERSON + "where role = :role and active order by name, id")
    List<Person> listByRole(String role);

    @SqlQuery("select count(*) from person where role = 'ADMIN' and active and password_hash is not null")
    long countAdministrators();

    @SqlQuery(PERSON + """
             where (cast(:text as varchar) is null or email_key like :text or lower(name) like :text)
               and (cast(:role as varchar) is null or role = :role)
               and (cast(:active as boolean) is null or active = :active)
               and (cast(:beforeAt as timestamp with time zone) is null or created_at < :beforeAt or (created_at = :beforeAt and id < cast(:beforeId as uuid)))
             order by created_at desc, id desc
             limit :limit""")
    List<Person> list(
            @Nullable String text,
            @Nullable String role,
            @Nullable Boolean active,
            @Nullable Instant beforeAt,
            @Nullable UUID beforeId,
            int limit);

    @SqlQuery("""
            select count(*)
              from person
             where (cast(:text as varchar) is null or email_key like :text or lower(name) like :text)
               and (cast(:role as varchar) is null or role = :role)
               and (cast(:active as boolean) is null or active = :active)""")
    long count(@Nullable String text, @Nullable String role, @Nullable Boolean active);

    /** Marks the person as changed when something of theirs changes; 0 if the version is out of date. */
    @SqlUpdate("update person set version = version + 1, updated_at = :now where id = :id and version = :version")
    int touch(UUID id, Instant now, long version);

    @SqlQuery("select created_at from person where id = :id")
    Instant getCreatedAt(UUID id);

    @SqlUpdate("""
            insert into person (id, actor_ref, email, email_key, name, zone, language, active, created_at, updated_at, version)
            values (:person.id, :person.actorRef, :person.email, :emailKey, :person.name, :person.zone, :person.language, true,
                    :now, :now, 1)""")
    void insert(@BindMethods("person") Person person, String emailKey, Instant now);

    @SqlUpdate("""
            update person
               set name = :name, role = :person.role, zone = :person.zone, language = :person.language,
                   working_days = :person.workingDays, active = :person.active,
                   left_at = case when :person.active then null when active then cast(:now as timestamp with time zone) else left_at end,
                   updated_at = :now, version = version + 1
             where id = :person.id and version = :person.version""")
    int update(@BindMethods("person") Person person, String name, Instant now);

    @SqlUpdate("""
            update person set password_hash = :passwordHash, updated_at = :now, version = version + 1 where id = :id""")
    int updatePassword(UUID id, @Nullable String passwordHash, Instant now);
}
