package dev.ronde.account;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Teams: people whose address several others read. A team owns as anybody does and gets one mail, not one for each member; its members
 * count as the team when a second person is asked, also when they left it meanwhile. Teams do not contain teams.
 */
record Teams(People people, Accounts accounts, PersonRecords records, InstantSource clock) {
    private static final int MOST = 200;

    public List<Person> members(Handle handle, UUID team) {
        return handle.attach(TeamDao.class).listMembers(team);
    }

    /**
     * Replaces the members of a team; an empty list makes it a single person again. Unknown addresses become people. If somebody leaves,
     * the links mailed to the team end.
     *
     * @param emails their addresses
     * @return the team with its new version
     * @throws Problem 412 when the person was changed meanwhile, 422 for an address that is none, for the team itself, for another team, and
     *     for members of somebody who is a member
     */
    Person change(Handle tx, Person team, List<String> emails, Actor by) {
        if (emails.size() > MOST) {
            throw Problem.invalid("/members", "too_many", "A team has at most " + MOST + " members");
        }
        TeamDao dao = tx.attach(TeamDao.class);
        Map<UUID, Person> members = sound(tx, dao, team, emails, by);
        Set<UUID> before = dao.listMembers(team.id()).stream().map(Person::id).collect(Collectors.toSet());
        if (members.keySet().equals(before)) {
            return team;
        }
        if (tx.attach(PersonDao.class).touch(team.id(), clock.instant(), team.version()) == 0) {
            throw Problem.preconditionFailed("This person was changed meanwhile; load it again.");
        }
        List<UUID> departed =
                before.stream().filter(member -> !members.containsKey(member)).toList();
        departed.forEach(member -> dao.insertDeparture(team.id(), member, clock.instant()));
        if (!departed.isEmpty()) {
            accounts.endEverything(tx, team, by);
        }
        dao.clear(team.id());
        members.keySet().forEach(member -> dao.insert(team.id(), member));
        Person after = people.get(tx, team.id());
        records.members(
                tx,
                after,
                members.values().stream().map(Person::actorRef).sorted().toList(),
                by);
        return after;
    }

    private Map<UUID, Person> sound(Handle tx, TeamDao dao, Person team, List<String> emails, Actor by) {
        Map<UUID, Person> members = new LinkedHashMap<>();
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < emails.size(); i++) {
            String email = emails.get(i);
            if (EmailAddress.parse(email).isEmpty()) {
                errors.add(error(i, "not_an_email", "“" + Names.clean(email) + "” is not a mail address"));
                continue;
            }
            Person member = people.findOrCreate(tx, email, null, by);
            if (member.id().equals(team.id())) {
                errors.add(error(i, "itself", "A team is no member of itself"));
            } else if (!dao.listMembers(member.id()).isEmpty()) {
                errors.add(error(i, "team", member.email() + " is a team; name its members instead"));
            }
            members.put(member.id(), member);
        }
        if (!members.isEmpty() && dao.countTeams(team.id()) > 0) {
            errors.add(
                    new FieldError("/members", "member", team.email() + " is a member of a team, so it cannot be one"));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return members;
    }

    private static FieldError error(int index, String code, String message) {
        return new FieldError("/members/" + index, code, message);
    }
}
