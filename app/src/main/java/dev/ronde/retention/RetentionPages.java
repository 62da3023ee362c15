package dev.ronde.retention;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.ListPage;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds, what is kept for how long, and the erasure of a person, on pages and over HTTP. */
record RetentionPages(
        Database database,
        InstantSource clock,
        Holds holds,
        Erasures erasures,
        Purge purge,
        People people,
        PageRenderer pages)
        implements Routes {
    private static final String PATH = "/retention";
    private static final String HOLDS = "/api/v1/holds";
    private static final String PERSON = "/people/{id}/erase";

    @Override
    public void register(Router router) {
        router.get(PATH, Access.AUDIT, this::show);
        router.post(PATH + "/holds", Access.LEADS, this::setByForm);
        router.post(PATH + "/holds/{id}/release", Access.LEADS, this::releaseByForm);
        router.get(HOLDS, Access.AUDIT, this::list);
        router.post(HOLDS, Access.LEADS, this::set);
        router.post(HOLDS + "/{id}/release", Access.LEADS, this::release);
        router.get(PERSON, Access.ADMINS, context -> person(context, "", ""));
        router.post(PERSON, Access.ADMINS, this::eraseByForm);
        router.post("/api/v1/erasures", Access.ADMINS, this::erase);
    }

    /** A hold with the state it is in; see {@link Hold}. */
    public record HoldView(
            UUID id,
            @Nullable String asset,
            @Nullable String person,
            @Nullable Instant from,
            @Nullable Instant until,
            String reason,
            @Nullable Instant endsAt,
            String state,
            String setBy,
            Instant setAt,
            @Nullable String releasedBy,
            @Nullable Instant releasedAt) {}

    private HoldView view(Hold hold) {
        return new HoldView(
                hold.id(),
                hold.asset(),
                hold.person(),
                hold.from(),
                hold.until(),
                hold.reason(),
                hold.endsAt(),
                hold.stateAt(clock.instant()),
                hold.setBy(),
                hold.setAt(),
                hold.releasedBy(),
                hold.releasedAt());
    }

    record Wanted(@Nullable String person, @Nullable String basis) {}

    private static Actor by(Context context) {
        return Actor.of(Requests.principal(context));
    }

    private PageOf<HoldView> page(Query query) {
        return PageOf.whole(holds.list().stream().map(this::view).toList(), query);
    }

    private void list(Context context) {
        Query query = Requests.query(context, "sort", "limit", "cursor");
        Requests.list(context, page(query));
    }

    private void set(Context context) {
        context.status(HttpStatus.CREATED)
                .json(view(holds.set(Requests.body(context, Holds.Wanted.class), by(context))));
    }

    private void release(Context context) {
        Requests.query(context);
        context.json(view(holds.release(PathIds.of(context, "id", "hold"), by(context))));
    }

    private void erase(Context context) {
        Wanted wanted = Requests.body(context, Wanted.class);
        context.json(erasures.erase(wanted.person(), wanted.basis(), by(context)));
    }

    private void show(Context context) {
        show(context, Requests.query(context, "sort", "limit", "cursor"), Map.of(), "");
    }

    private void show(Context context, Query query, Map<String, String> entered, String wrong) {
        PageOf<HoldView> page = page(query);
        Map<String, Object> model = ListPage.of(query, page, PATH, List.of());
        Map<String, String> names = database.read(handle -> people.namesOf(
                handle, holds.list().stream().flatMap(RetentionPages::refs).toList()));
        model.put("names", names);
        model.put("term", purge.term());
        model.put("maySet", Requests.principal(context).lead());
        model.put("wrong", wrong);
        List.of("asset", "person", "from", "to", "until", "reason")
                .forEach(field -> model.put(field, entered.getOrDefault(field, "")));
        pages.render(context, "web/retention/holds.peb", model);
    }

    private static Stream<String> refs(Hold hold) {
        return hold.person() == null ? Stream.of(hold.setBy()) : Stream.of(hold.setBy(), hold.person());
    }

    private void setByForm(Context context) {
        Map<String, String> form = Requests.form(context);
        try {
            holds.set(
                    new Holds.Wanted(
                            form.get("asset"),
                            form.get("person"),
                            Requests.date(form, "from"),
                            Requests.date(form, "to"),
                            Requests.date(form, "until"),
                            form.get("reason")),
                    by(context));
            context.redirect(PATH, HttpStatus.SEE_OTHER);
        } catch (Problem problem) {
            context.status(HttpStatus.UNPROCESSABLE_CONTENT);
            show(context, Requests.query(context), form, field(problem));
        }
    }

    private static String field(Problem problem) {
        if (problem.errors().isEmpty()) {
            throw problem;
        }
        return problem.errors().get(0).pointer().substring(1);
    }

    private void releaseByForm(Context context) {
        holds.release(PathIds.of(context, "id", "hold"), by(context));
        context.redirect(PATH, HttpStatus.SEE_OTHER);
    }

    private void person(Context context, String basis, String wrong) {
        UUID id = PathIds.of(context, "id", "person");
        Person person = database.read(handle -> people.get(handle, id));
        Map<String, Object> model = new HashMap<>();
        model.put("id", id);
        model.put("name", person.name());
        model.put("email", person.email());
        model.put("active", person.active());
        model.put("basis", basis);
        model.put("wrong", wrong);
        pages.render(context, "web/retention/erase.peb", model);
    }

    private void eraseByForm(Context context) {
        Map<String, String> form = Requests.form(context);
        UUID id = PathIds.of(context, "id", "person");
        Person person = database.read(handle -> people.get(handle, id));
        try {
            if (!form.containsKey("sure")) {
                throw Problem.invalid("/sure", "required", "Confirm that it cannot be undone.");
            }
            erasures.erase(person.actorRef(), form.get("basis"), by(context));
            context.redirect("/people/" + id + "?saved=1", HttpStatus.SEE_OTHER);
        } catch (Problem problem) {
            context.status(problem.status());
            person(
                    context,
                    form.getOrDefault("basis", ""),
                    problem.errors().isEmpty() ? problem.code() : field(problem));
        }
    }
}
