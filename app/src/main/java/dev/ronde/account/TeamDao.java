package dev.ronde.account;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface TeamDao {
    @SqlQuery(PersonDao.PERSON
            + "where id in (select member_id from team_member where team_id = :teamId) order by name, id")
    List<Person> listMembers(UUID teamId);

    @SqlQuery("select team_id from team_member where member_id = :personId")
    Set<UUID> listTeams(UUID personId);

    @SqlQuery("select count(*) from team_member where member_id = :personId")
    int countTeams(UUID personId);

    @SqlQuery("select person_id from gone_person where person_id in (<ids>)")
    Set<UUID> listGone(@BindList Collection<UUID> ids);

    @SqlQuery(PersonDao.PERSON + """
             where active and id in (
                   select t.team_id from team_member t
                    where t.member_id = :personId
                      and not exists (select 1 from team_member o join person m on m.id = o.member_id
                                       where o.team_id = t.team_id and o.member_id <> :personId and m.active))
             order by name, id""")
    List<Person> listLastOf(UUID personId);

    /** References of the team's members at the instant or later, and of the teams this person was a member of. */
    @SqlQuery("""
            select m.actor_ref from team_member t join person p on p.id = t.team_id join person m on m.id = t.member_id
             where p.actor_ref = :actorRef
             union
            select m.actor_ref from team_member t join person p on p.id = t.member_id join person m on m.id = t.team_id
             where p.actor_ref = :actorRef
             union
            select m.actor_ref from team_departure t join person p on p.id = t.team_id join person m on m.id = t.member_id
             where p.actor_ref = :actorRef and t.left_at >= :since
             union
            select m.actor_ref from team_departure t join person p on p.id = t.member_id join person m on m.id = t.team_id
             where p.actor_ref = :actorRef and t.left_at >= :since""")
    List<String> listConnected(String actorRef, Instant since);

    @SqlUpdate("""
            insert into team_departure (team_id, member_id, left_at) values (:teamId, :memberId, :now)
            on conflict do nothing""")
    void insertDeparture(UUID teamId, UUID memberId, Instant now);

    @SqlUpdate("delete from team_member where team_id = :teamId")
    void clear(UUID teamId);

    @SqlUpdate("insert into team_member (team_id, member_id) values (:teamId, :memberId)")
    void insert(UUID teamId, UUID memberId);
}
