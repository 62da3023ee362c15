package dev.ronde.account;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Statements on what is with people: assets, reviews, and how it stands with their address. */
interface PersonLoadDao {
    /** Of each of these people; ask for some hundred at once. */
    @SqlQuery("""
            select p.id as person_id,
                   (select count(*) from asset a where a.owner_id = p.id and a.retired_at is null) as assets,
                   (select count(*) from review r
                     where r.owner_id = p.id and r.opened_at is not null and r.attested_at is null
                       and r.missed_at is null and r.cancelled_at is null and r.missed_from > :now) as open,
                   (select count(*) from review r
                     where r.owner_id = p.id and r.opened_at is not null and r.attested_at is null
                       and r.missed_at is null and r.cancelled_at is null and r.missed_from > :now
                       and r.overdue_at <= :now) as late,
                   (select max(h.state) from address_health h where h.person_id = p.id) as mail
              from person p where p.id in (<people>)
            """)
    List<PersonLoad> list(@BindList Collection<UUID> people, Instant now);

    /** Who steps in on the assets of the person. */
    @SqlQuery("""
            select distinct b.name from asset a join person b on b.id = a.backup_id
             where a.owner_id = :owner and a.retired_at is null order by b.name limit 20
            """)
    List<String> listBackups(UUID owner);

    /** Who is told one level up of the assets of the person. */
    @SqlQuery("""
            select distinct m.name from asset a join person m on m.id = a.manager_id
             where a.owner_id = :owner and a.retired_at is null order by m.name limit 20
            """)
    List<String> listManagers(UUID owner);
}
