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
import dev.ronde.platform.time.IsoDates;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Absences by form, for leads on the page of a person and for everybody on the own account, and over the API. */
record AbsencePages(Database database, People people, Absences absences) implements Routes {
    private static final String API = "/api/v1/people/{id}/absences";

    record Body(
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            @Nullable String note) {}

    @Override
    public void register(Router router) {
        router.post("/people/{id}/absences", Access.LEADS, context -> {
            UUID id = PathIds.of(context, "id", "person");
            plan(context, id, "/people/" + id);
        });
        router.post("/people/{id}/absences/{absence}/end", Access.LEADS, context -> {
            UUID id = PathIds.of(context, "id", "person");
            end(context, id, "/people/" + id);
        });
        router.post("/account/absences", Access.SIGNED_IN, context -> plan(context, own(context), "/account"));
        router.post(
                "/account/absences/{absence}/end", Access.SIGNED_IN, context -> end(context, own(context), "/account"));
        router.get(API, Access.ANSWERERS, this::listJson);
        router.post(API, Access.ANSWERERS, this::planJson);
        router.post(API + "/{absence}/end", Access.ANSWERERS, this::endJson);
    }

    private static UUID own(Context context) {
        Principal principal = Requests.principal(context);
        return Optional.ofNullable(principal.personId()).orElseThrow(() -> Problem.forbidden("A token is never away."));
    }

    private void plan(Context context, UUID id, String page) {
        Map<String, String> form = Requests.form(context);
        Actor by = Actor.of(Requests.principal(context));
        String said = "planned";
        try {
            database.useTransaction(tx -> absences.plan(
                    tx,
                    people.get(tx, id),
                    IsoDates.dateIn(form.get("from")),
                    IsoDates.dateIn(form.get("until")),
                    form.get("note"),
                    by));
        } catch (Problem refused) {
            if (refused.status() != 422) {
                throw refused;
            }
            said = "days";
        }
        context.redirect(page + "?away=" + said + "#absences", HttpStatus.SEE_OTHER);
    }

    private void end(Context context, UUID id, String page) {
        UUID absence = PathIds.of(context, "absence", "absence");
        Actor by = Actor.of(Requests.principal(context));
        database.useTransaction(tx -> absences.end(tx, people.get(tx, id), absence, by));
        context.redirect(page + "?away=ended#absences", HttpStatus.SEE_OTHER);
    }

    static String said(Context context) {
        String word = context.queryParam("away");
        return word != null && Set.of("planned", "ended", "days").contains(word) ? word : "";
    }

    private void listJson(Context context) {
        Query query = Requests.query(context, "sort", "limit", "cursor");
        UUID id = person(context);
        List<Absence> all = database.read(
                handle -> absences.list(handle, people.get(handle, id).id()));
        Requests.list(context, PageOf.whole(all.stream().map(AbsencePages::json).toList(), query));
    }

    private void planJson(Context context) {
        UUID id = person(context);
        Body body = Requests.body(context, Body.class);
        Actor by = Actor.of(Requests.principal(context));
        context.status(201);
        context.json(json(database.inTransaction(
                tx -> absences.plan(tx, people.get(tx, id), body.from(), body.until(), body.note(), by))));
    }

    private void endJson(Context context) {
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
