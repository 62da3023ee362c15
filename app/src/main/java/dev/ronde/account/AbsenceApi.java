package dev.ronde.account;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Absences over the API: leads for everybody, owners for themselves. */
record AbsenceApi(Database database, People people, Absences absences) implements Routes {
    private static final String ROOT = "/api/v1/people/{id}/absences";

    record Body(
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            @Nullable String note) {}

    @Override
    public void register(Router router) {
        router.get(ROOT, Access.ANSWERERS, this::list);
        router.post(ROOT, Access.ANSWERERS, this::plan);
        router.post(ROOT + "/{absence}/end", Access.ANSWERERS, this::end);
    }

    private void list(Context context) {
        Query query = Requests.query(context, "sort", "limit", "cursor");
        UUID id = person(context);
        List<Absence> all = database.read(
                handle -> absences.list(handle, people.get(handle, id).id()));
        Requests.list(context, PageOf.whole(all.stream().map(AbsenceApi::json).toList(), query));
    }

    private void plan(Context context) {
        UUID id = person(context);
        Body body = Requests.body(context, Body.class);
        Actor by = Actor.of(Requests.principal(context));
        context.status(201);
        context.json(json(database.inTransaction(
                tx -> absences.plan(tx, people.get(tx, id), body.from(), body.until(), body.note(), by))));
    }

    private void end(Context context) {
        UUID id = person(context);
        UUID absence = PathIds.of(context, "absence", "absence");
        Actor by = Actor.of(Requests.principal(context));
        context.json(json(database.inTransaction(tx -> absences.end(tx, people.get(tx, id), absence, by))));
    }

    private static UUID person(Context context) {
        UUID id = PathIds.of(context, "id", "person");
        Principal principal = Requests.principal(context);
        UUID own = principal.confinedTo();
        if (own != null && !own.equals(id)) {
            throw Problem.notFound("person", id);
        }
        return id;
    }

    private static Map<String, @Nullable Object> json(Absence absence) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", absence.id());
        json.put("from", absence.fromOn());
        json.put("until", absence.untilOn());
        json.put("note", absence.note());
        json.put("created_at", absence.createdAt());
        json.put("ended_at", absence.endedAt());
        return json;
    }
}
