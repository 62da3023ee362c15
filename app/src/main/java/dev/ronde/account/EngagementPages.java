package dev.ronde.account;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.IsoDates;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The engagement of an auditor: its page, its form, and the same over the API. */
record EngagementPages(Database database, People people, Engagements engagements, PageRenderer pages)
        implements Routes {
    private static final String PAGE = "/people/{id}/engagement";
    private static final String API = "/api/v1/people/{id}/engagement";

    @Override
    public void register(Router router) {
        router.get(PAGE, Access.LEADS, context -> show(context, null, List.of()));
        router.post(PAGE, Access.ADMINS, this::agree);
        router.post(PAGE + "/end", Access.ADMINS, this::end);
        router.get(API, Access.LEADS, this::get);
        router.put(API, Access.ADMINS, this::agreeJson);
        router.delete(API, Access.ADMINS, context -> {
            end(context, person(context));
            context.status(HttpStatus.NO_CONTENT);
        });
    }

    private static UUID person(Context context) {
        return PathIds.of(context, "id", "person");
    }

    private void get(Context context) {
        context.json(database.read(handle -> find(handle, person(context))));
    }

    private Engagement find(Handle handle, UUID id) {
        return Engagement.find(handle, people.get(handle, id)).orElseThrow(() -> Problem.notFound("engagement", id));
    }

    private void agreeJson(Context context) {
        agree(context, Requests.body(context, Engagement.class));
        get(context);
    }

    private void agree(Context context, Engagement wanted) {
        Actor by = Actor.of(Requests.principal(context));
        database.useTransaction(tx -> engagements.agree(tx, people.get(tx, person(context)), wanted, by));
    }

    private void end(Context context, UUID id) {
        Actor by = Actor.of(Requests.principal(context));
        database.useTransaction(tx -> engagements.end(tx, people.get(tx, id), by));
    }

    private void end(Context context) {
        Requests.form(context);
        UUID id = person(context);
        end(context, id);
        context.redirect("/people/" + id, HttpStatus.SEE_OTHER);
    }

    private void agree(Context context) {
        Map<String, String> form = Requests.form(context);
        Engagement wanted = new Engagement(
                form.get("firm"),
                IsoDates.dateIn(form.get("from")),
                IsoDates.dateIn(form.get("until")),
                names(form.get("frameworks")),
                names(form.get("units")),
                names(form.get("assets")));
        try {
            agree(context, wanted);
            context.redirect("/people/" + person(context) + "?saved=1", HttpStatus.SEE_OTHER);
        } catch (Problem e) {
            show(
                    context,
                    wanted,
                    Requests.refused(context, e).stream()
                            .map(error -> error.pointer().split("/", -1)[1])
                            .distinct()
                            .map(field ->
                                    new FormError(field, pages.text(context, "account.engagement.error." + field)))
                            .toList());
        }
    }

    private static List<String> names(@Nullable String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split("[,\\n]"))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .toList();
    }

    private void show(Context context, @Nullable Engagement typed, List<FormError> errors) {
        UUID id = person(context);
        Map<String, Object> model = new HashMap<>();
        Person person = database.read(handle -> people.get(handle, id));
        Engagement present =
                database.read(handle -> Engagement.find(handle, person)).orElse(null);
        Engagement shown = typed == null ? present : typed;
        model.put("person", PersonView.of(person));
        model.put("engaged", present != null);
        model.put(
                "values",
                Map.of(
                        "firm",
                        shown == null || shown.firm() == null ? "" : shown.firm(),
                        "from",
                        shown == null || shown.from() == null
                                ? ""
                                : shown.from().toString(),
                        "until",
                        shown == null || shown.until() == null
                                ? ""
                                : shown.until().toString(),
                        "frameworks",
                        joined(shown == null ? null : shown.frameworks()),
                        "units",
                        joined(shown == null ? null : shown.units()),
                        "assets",
                        joined(shown == null ? null : shown.assets())));
        model.put("errors", errors);
        model.put("mayEdit", Access.ADMINS.allows(Requests.principal(context).role()));
        pages.render(context, "web/account/engagement.peb", model);
    }

    private static String joined(@Nullable List<String> names) {
        return names == null ? "" : String.join(", ", names);
    }
}
