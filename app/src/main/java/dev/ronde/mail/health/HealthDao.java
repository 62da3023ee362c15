package dev.ronde.mail.health;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface HealthDao {
    String COLUMNS = """
            address, person_id, state, score, first_hard_at, last_hard_at, last_soft_at, last_ok_at, next_probe_at, note,
            version
            """;

    @SqlUpdate("""
            insert into address_health (address, person_id, state) values (:address, cast(:personId as uuid), 'ok')
            on conflict do nothing
            """)
    void ensure(String address, @Nullable UUID personId);

    @SqlUpdate("insert into held_domain (domain, held_until) values (:domain, :never) on conflict do nothing")
    void ensureDomain(String domain, Instant never);

    @SqlQuery("select domain from held_domain where domain = :domain for update")
    Optional<String> lockDomain(String domain);

    /** Lock the domain first, see {@link AddressHealth}. */
    @SqlQuery("select " + COLUMNS + " from address_health where address = :address for update")
    Optional<Health> lock(String address);

    @SqlUpdate("""
            update address_health
               set state = :state, score = :h.score, first_hard_at = :h.firstHardAt, last_hard_at = :h.lastHardAt,
                   last_soft_at = :h.lastSoftAt, last_ok_at = :h.lastOkAt, next_probe_at = :h.nextProbeAt, note = :h.note,
                   person_id = coalesce(cast(:h.personId as uuid), person_id), version = version + 1
             where address = :h.address
            """)
    void update(@BindMethods("h") Health health, String state);

    @SqlUpdate("""
            update address_health set next_probe_at = :next, version = version + 1
             where state = 'unreachable' and next_probe_at <= :now and address in (<addresses>)
            """)
    int probed(@BindList("addresses") List<String> addresses, Instant next, Instant now);

    @SqlQuery("select " + COLUMNS + " from address_health where state <> 'ok' order by address")
    List<Health> listTroubled();

    @SqlQuery("select count(*) from address_health where state = :state")
    long countState(String state);

    @SqlQuery("select count(*) from address_health where address like :suffix and last_hard_at > :after")
    int countFailing(String suffix, Instant after);

    @SqlQuery("select " + COLUMNS + """
               from address_health
              where address like :suffix and last_hard_at > :after order by address for update
            """)
    List<Health> lockFailing(String suffix, Instant after);

    @SqlUpdate("update held_domain set held_until = :until where domain = :domain and held_until <= :now")
    int hold(String domain, Instant until, Instant now);

    @SqlQuery("select domain, held_until as until from held_domain where held_until > :now order by domain")
    List<HeldDomain> listHeld(Instant now);

    @SqlQuery("select count(*) from person where email_key like :suffix and active")
    int countPeople(String suffix);

    /** Returns 0 if no absence covers the day; a hint without an end keeps the end that was named. */
    @SqlUpdate("""
            update absence set until_on = coalesce(cast(:untilOn as date), until_on), mail_id = :mailId
             where person_id = :personId and (until_on is null and noted_at > :since or until_on >= :today)
            """)
    int extendAbsence(UUID personId, LocalDate today, Instant since, @Nullable LocalDate untilOn, UUID mailId);

    @SqlUpdate("delete from absence where person_id = :personId and until_on is null")
    void deleteEndless(UUID personId);

    @SqlUpdate("delete from absence where person_id = :personId")
    void deleteAbsence(UUID personId);

    @SqlUpdate("""
            insert into absence (person_id, from_on, until_on, noted_at, mail_id)
            values (:personId, :fromOn, :untilOn, :now, :mailId)
            """)
    void insertAbsence(UUID personId, LocalDate fromOn, @Nullable LocalDate untilOn, Instant now, UUID mailId);

    @SqlQuery("""
            select person_id, from_on, until_on, noted_at from absence
             where until_on is null and noted_at > :since or until_on >= :today
             order by person_id
            """)
    List<Absence> listAbsent(LocalDate today, Instant since);
}
