package dev.ronde.account;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.ListPage;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The list of people, one person, and the forms that add and change them. */
record PeoplePages(
        Database database,
        People people,
        Accounts accounts,
        Teams teams,
        PeopleList list,
        PersonFacts facts,
        PageRenderer pages)
        implements Routes {
    static final List<String> ROLES = List.of("admin", "compliance", "owner", "auditor");

    @Override
    public void register(Router router) {
        router.get("/people", Access.AUDIT, this::list);
        router.get("/people/new", Access.ADMINS, this::blank);
        router.post("/people", Access.ADMINS, this::add);
        router.get("/people/{id}", Access.AUDIT, this::person);
        router.post("/people/{id}", Access.ADMINS, this::change);
        router.post("/people/{id}/members", Access.ADMINS, this::members);
        router.post("/people/{id}/link", Access.ADMINS, this::link);
    }

    private void list(Context context) {
        Query query = Requests.query(context, "q", "role", "active", "sort", "limit", "cursor");
        PageOf<PersonView> page = PageOf.listed(query, list::page);
        Map<String, Object> model = ListPage.of(query, page, "/people", List.of("q", "role", "active"));
        List<UUID> ids = page.items().stream().map(PersonView::id).toList();
        model.put("loads", database.read(handle -> facts.loads(handle, ids)));
        model.put("roles", ROLES);
        model.put("mayEdit", mayEdit(context));
        model.put("mayPlan", Requests.principal(context).lead());
        pages.render(context, "web/account/people.peb", model);
    }

    private void blank(Context context) {
        showNew(context, Map.of("email", "", "name", "", "role", ""), List.of());
    }

    private void add(Context context) {
        Map<String, String> form = Requests.form(context);
        String email = form.getOrDefault("email", "");
        String name = form.getOrDefault("name", "");
        Map<String, String> values = Map.of("email", email, "name", name, "role", form.getOrDefault("role", ""));
        Actor by = Actor.of(Requests.principal(context));
        Role role = role(form.get("role"));
        Optional<FormError> wrong = EmailAddress.parse(email).isEmpty()
                ? Optional.of(
                        new FormError("email", pages.text(context, "account.setup.email.invalid", Names.clean(email))))
                : name.isBlank() ? Optional.empty() : FormError.ofName(name, pages.words(context));
        if (wrong.isPresent()) {
            context.status(HttpStatus.UNPROCESSABLE_CONTENT);
            showNew(context, values, List.of(wrong.get()));
            return;
        }
        Person person = database.inTransaction(tx -> role == null
                ? people.findOrCreate(tx, email, name, by)
                : accounts.add(tx, email, name, role, null, by));
        if (role == null) {
            context.redirect("/people/" + person.id(), HttpStatus.SEE_OTHER);
            return;
        }
        URI link = database.inTransaction(tx -> accounts.invite(tx, person, by));
        show(context, person.id(), link, false, List.of());
    }

    private void person(Context context) {
        show(context, id(context), null, context.queryParam("saved") != null, List.of());
    }

    private void change(Context context) {
        Map<String, String> form = Requests.form(context);
        UUID id = id(context);
        Actor by = Actor.of(Requests.principal(context));
        PersonForm typed = new PersonForm(form);
        Optional<FormError> wrong = typed.wrong(pages.words(context));
        if (wrong.isPresent()) {
            refuse(context, id, HttpStatus.UNPROCESSABLE_CONTENT.getCode(), List.of(wrong.get()));
            return;
        }
        try {
            database.useTransaction(tx -> {
                Person before = unchanged(tx, id, form);
                boolean active = "true".equals(form.get("active"));
                accounts.change(tx, before, typed.change(before, role(form.get("role")), active), by);
            });
            context.redirect("/people/" + id + "?saved=1", HttpStatus.SEE_OTHER);
        } catch (Problem problem) {
            String key = switch (problem.status()) {
                case 412 -> "conflict";
                case 409 -> problem.code().equals("has_duties") ? "has_duties" : "last_administrator";
                default -> throw problem;
            };
            String field = problem.status() == 409 ? "role" : "name";
            refuse(
                    context,
                    id,
                    problem.status(),
                    List.of(new FormError(field, pages.text(context, "account.person." + key))));
        }
    }

    private void members(Context context) {
        UUID id = id(context);
        Map<String, String> form = Requests.form(context);
        List<String> typed = Pattern.compile("[\\s,;]+")
                .splitAsStream(form.getOrDefault("members", ""))
                .filter(part -> !part.isEmpty())
                .toList();
        Actor by = Actor.of(Requests.principal(context));
        try {
            database.useTransaction(tx -> {
                teams.change(tx, unchanged(tx, id, form), typed, by);
            });
            context.redirect("/people/" + id + "?saved=1", HttpStatus.SEE_OTHER);
        } catch (Problem problem) {
            List<String> messages = switch (problem.status()) {
                case 412 -> List.of(pages.text(context, "account.person.conflict"));
                case 422 ->
                    problem.errors().stream()
                            .map(error ->
                                    pages.text(context, "account.team." + error.code(), at(typed, error.pointer())))
                            .toList();
                default -> throw problem;
            };
            refuse(
                    context,
                    id,
                    problem.status(),
                    messages.stream()
                            .map(message -> new FormError("members", message))
                            .toList());
        }
    }

    /** The person if they are as the form knew them; 412 if somebody changed them meanwhile. */
    private Person unchanged(Handle tx, UUID id, Map<String, String> form) {
        Person person = people.get(tx, id);
        if (!String.valueOf(person.version()).equals(form.get("version"))) {
            throw Problem.preconditionFailed("This person was changed meanwhile.");
        }
        return person;
    }

    private static String at(List<String> typed, String pointer) {
        String index = pointer.substring(pointer.lastIndexOf('/') + 1);
        return index.equals("members") ? "" : Names.clean(typed.get(Integer.parseInt(index)));
    }

    private void link(Context context) {
        Actor by = Actor.of(Requests.principal(context));
        URI link = database.inTransaction(tx -> {
            Person person = people.get(tx, id(context));
            return accounts.invite(tx, person, by);
        });
        show(context, id(context), link, false, List.of());
    }

    private void refuse(Context context, UUID id, int status, List<FormError> errors) {
        context.status(status);
        show(context, id, null, false, errors);
    }

    private void show(Context context, UUID id, @Nullable URI link, boolean saved, List<FormError> errors) {
        Map<String, Object> model = database.read(handle -> facts.model(handle, id));
        String typed = context.formParam("members");
        if (typed != null) {
            model.put("memberLines", typed);
        }
        model.put("link", link == null ? null : link.toString());
        model.put("path", "/people/" + id);
        model.put("saved", saved);
        model.put("errors", errors);
        model.put("roles", ROLES);
        model.put("zones", Zones.names());
        model.put("days", PersonForm.DAYS);
        model.put("mayEdit", mayEdit(context));
        model.put("absencePath", "/people/" + id);
        model.put("away", AbsencePages.said(context));
        model.put("mayPlan", Requests.principal(context).lead());
        model.put("mayHandOver", Requests.principal(context).lead());
        pages.render(context, "web/account/person.peb", model);
    }

    private void showNew(Context context, Map<String, String> values, List<FormError> errors) {
        Map<String, Object> model = new HashMap<>();
        model.put("values", values);
        model.put("errors", errors);
        model.put("roles", ROLES);
        pages.render(context, "web/account/person-new.peb", model);
    }

    private static boolean mayEdit(Context context) {
        return Requests.principal(context).role() == Role.ADMIN;
    }

    private static @Nullable Role role(@Nullable String word) {
        return word == null || !ROLES.contains(word) ? null : Role.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static UUID id(Context context) {
        return PathIds.of(context, "id", "person");
    }
}
