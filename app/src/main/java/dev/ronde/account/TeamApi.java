package dev.ronde.account;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record TeamApi(Database database, People people, Teams teams) implements Routes {
    private static final String ROOT = "/api/v1/people/{id}/members";

    /** Addresses; an empty list makes the team a single person again. */
    record Body(@Nullable List<String> members) {}

    @Override
    public void register(Router router) {
        router.get(ROOT, Access.AUDIT, this::list);
        router.put(ROOT, Access.ADMINS, this::change);
    }

    private void list(Context context) {
        Query query = Requests.query(context, "sort", "limit", "cursor");
        UUID id = PathIds.of(context, "id", "person");
        Person team = database.read(handle -> people.get(handle, id));
        answer(context, team, PageOf.whole(members(team), query));
    }

    private void change(Context context) {
        UUID id = PathIds.of(context, "id", "person");
        Body body = Requests.body(context, Body.class);
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
        answer(context, team, new PageOf<>(now, null, now.size(), true));
    }

    private List<PersonView> members(Person team) {
        return database.read(handle -> teams.members(handle, team.id())).stream()
                .map(PersonView::of)
                .toList();
    }

    private static void answer(Context context, Person team, PageOf<PersonView> members) {
        Requests.etag(context, team.version());
        Requests.list(context, members);
    }
}
