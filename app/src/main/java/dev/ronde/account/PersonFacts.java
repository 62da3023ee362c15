package dev.ronde.account;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** What is known of a person beyond their row: what is with them, their leave, their team and their tokens. */
record PersonFacts(InstantSource clock, People people, Absences absences, Teams teams, Tokens tokens) {
    Map<String, Load> loads(Handle handle, Collection<UUID> ids) {
        return ids.isEmpty()
                ? Map.of()
                : handle.attach(Dao.class).list(ids, clock.instant()).stream()
                        .collect(Collectors.toMap(load -> load.personId().toString(), load -> load));
    }

    Map<String, Object> model(Handle handle, UUID id) {
        Person person = people.get(handle, id);
        Dao dao = handle.attach(Dao.class);
        List<Person> members = teams.members(handle, id);
        Map<String, Object> model = new HashMap<>();
        model.put("person", PersonView.of(person));
        model.put("tokens", tokens.of(handle, person));
        model.put(
                "hasPassword",
                handle.attach(PersonDao.class).findPasswordHash(id).isPresent());
        model.put("engagement", Engagement.find(handle, person).orElse(null));
        model.put("load", dao.list(List.of(id), clock.instant()).get(0));
        model.put("backups", dao.listBackups(id));
        model.put("managers", dao.listManagers(id));
        model.put("absences", absences.list(handle, id));
        model.put("members", members);
        model.put("memberLines", members.stream().map(Person::email).collect(Collectors.joining("\n")));
        return model;
    }

    interface Dao {
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
        List<Load> list(@BindList Collection<UUID> people, Instant now);

        @SqlQuery("""
                select distinct b.name from asset a join person b on b.id = a.backup_id
                 where a.owner_id = :owner and a.retired_at is null order by b.name limit 20
                """)
        List<String> listBackups(UUID owner);

        @SqlQuery("""
                select distinct m.name from asset a join person m on m.id = a.manager_id
                 where a.owner_id = :owner and a.retired_at is null order by m.name limit 20
                """)
        List<String> listManagers(UUID owner);
    }

    /**
     * What is with a person now.
     *
     * @param assets active ones they own
     * @param open reviews of theirs that wait
     * @param late those of them that are overdue
     * @param mail {@code ok}, {@code suspect} or {@code unreachable}; null where nothing is known
     */
    public record Load(
            UUID personId,
            long assets,
            long open,
            long late,
            @Nullable String mail) {}
}
