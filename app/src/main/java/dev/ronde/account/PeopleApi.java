package dev.ronde.account;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** People by API: the list, new people, changes, members of teams, and links with which a person chooses a password. */
record PeopleApi(Database database, People people, Accounts accounts, Teams teams, PeopleList list) implements Routes {
    @Override
    public void register(Router router) {
        router.get("/api/v1/people", Access.AUDIT, this::list);
        router.post("/api/v1/people", Access.LEADS, this::add);
        router.get("/api/v1/people/{id}", Access.AUDIT, this::get);
        router.patch("/api/v1/people/{id}", Access.ADMINS, this::change);
        router.post("/api/v1/people/{id}/setup-link", Access.ADMINS, context -> link(context, accounts::invite));
        router.post("/api/v1/people/{id}/reset", Access.ADMINS, context -> link(context, accounts::reset));
        router.get("/api/v1/people/{id}/members", Access.AUDIT, this::members);
        router.put("/api/v1/people/{id}/members", Access.ADMINS, this::changeMembers);
    }

    record Link(String setupLink) {}

    /** Addresses; an empty list makes the team a single person again. */
    record Members(@Nullable List<String> members) {}

    private void list(Context context) {
        Requests.list(context, Requests.query(context, "q", "role", "active", "sort", "limit", "cursor"), list::page);
    }

    private void get(Context context) {
        Person person = database.read(handle -> people.get(handle, id(context)));
        Requests.etag(context, person.version());
        context.json(PersonView.of(person));
    }

    private void add(Context context) {
        PersonPatch.NewPerson body = Requests.body(context, PersonPatch.NewPerson.class);
        if (body.hasRole() && Requests.principal(context).role() != Role.ADMIN) {
            throw Problem.forbidden("Only an administrator gives roles. Leave role out.");
        }
        Actor by = Actor.of(Requests.principal(context));
        Person person = database.inTransaction(tx -> {
            String email = body.email() == null ? "" : body.email();
            Person made = people.add(tx, email, body.name(), by);
            Person changed = accounts.change(tx, made, body.applyTo(made), by);
            if (body.password() != null) {
                Accounts.requireAccount(changed);
                accounts.setPassword(tx, changed, body.password(), by);
            }
            return people.get(tx, changed.id());
        });
        Requests.etag(context, person.version());
        context.status(HttpStatus.CREATED)
                .header("Location", "/api/v1/people/" + person.id())
                .json(PersonView.of(person));
    }

    private void change(Context context) {
        UUID id = id(context);
        PersonPatch patch = Requests.body(context, PersonPatch.class);
        PersonPatch.refuseNulls(Requests.tree(context, 65_536));
        Actor by = Actor.of(Requests.principal(context));
        Person changed = database.inTransaction(tx -> {
            Person before = people.get(tx, id);
            Requests.requireMatch(context, before.version());
            return accounts.change(tx, before, patch.applyTo(before), by);
        });
        Requests.etag(context, changed.version());
        context.json(PersonView.of(changed));
    }

    private interface Way {
        URI open(Handle tx, Person person, Actor by);
    }

    private void link(Context context, Way way) {
        Actor by = Actor.of(Requests.principal(context));
        URI link = database.inTransaction(tx -> way.open(tx, people.get(tx, id(context)), by));
        Requests.shownOnce(context);
        context.json(new Link(link.toString()));
    }

    private static UUID id(Context context) {
        return PathIds.of("person", context.pathParam("id").toLowerCase(Locale.ROOT));
    }

    private void members(Context context) {
        Query query = Requests.query(context, "sort", "limit", "cursor");
        UUID id = id(context);
        Person team = database.read(handle -> people.get(handle, id));
        answerMembers(context, team, PageOf.whole(members(team), query));
    }

    private void changeMembers(Context context) {
        UUID id = id(context);
        Members body = Requests.body(context, Members.class);
        List<String> members = body.members();
        if (members == null) {
            throw Problem.invalid(
                    "/members", "required", "Send members, a list of mail addresses; an empty one for none.");
        }
        Actor by = Actor.of(Requests.principal(context));
        Person team = database.inTransaction(tx -> {
            Person before = people.get(tx, id);
            Requests.requireMatch(context, before.version());
            return teams.change(tx, before, members, by);
        });
        List<PersonView> now = members(team);
        answerMembers(context, team, new PageOf<>(now, null, now.size(), true));
    }

    private List<PersonView> members(Person team) {
        return database.read(handle -> teams.members(handle, team.id())).stream()
                .map(PersonView::of)
                .toList();
    }

    private static void answerMembers(Context context, Person team, PageOf<PersonView> members) {
        Requests.etag(context, team.version());
        Requests.list(context, members);
    }
}
