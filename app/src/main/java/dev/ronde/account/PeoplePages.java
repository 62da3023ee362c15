package dev.ronde.account;

import dev.ronde.cadence.WorkWeek;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Links;
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
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The list of people, one person, and the forms that add and change them. */
public final class PeoplePages implements Routes {
    static final List<String> ROLES = List.of("admin", "compliance", "owner", "auditor");

    private final Database database;
    private final InstantSource clock;
    private final People people;
    private final Accounts accounts;
    private final PeopleList list;
    private final Absences absences;
    private final Teams teams;
    private final Tokens tokens;
    private final PageRenderer pages;

    PeoplePages(AccountRoom room, PageRenderer pages) {
        this.database = room.database();
        this.clock = room.clock();
        this.people = room.people();
        this.accounts = room.accounts();
        this.list = new PeopleList(room.database());
        this.absences = room.absences();
        this.teams = room.teams();
        this.tokens = room.tokens();
        this.pages = pages;
    }

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
        Query query = Requests.query(context, "q", "role", "active", "limit", "cursor");
        PageOf<PersonView> page = list.page(query);
        Map<String, Object> model = new HashMap<>();
        model.put("people", page.items());
        model.put("loads", loads(page.items()));
        model.put("total", page.count());
        model.put("next", Links.next("/people", query.values(), page.nextCursor()));
        model.put("q", query.text("q").orElse(""));
        model.put("role", query.text("role").orElse(""));
        model.put("filtered", query.values().keySet().stream().anyMatch(List.of("q", "role", "active")::contains));
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
        if (EmailAddress.parse(email).isEmpty()) {
            context.status(HttpStatus.UNPROCESSABLE_CONTENT);
            String message = pages.text(context, "account.setup.email.invalid", Names.clean(email));
            showNew(context, values, List.of(new FormError("email", message)));
            return;
        }
        String wrong = wrong(context, name);
        if (!wrong.isEmpty()) {
            context.status(HttpStatus.UNPROCESSABLE_CONTENT);
            showNew(context, values, List.of(new FormError("name", wrong)));
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

    /** Why a name cannot be taken; empty where it can. */
    private String wrong(Context context, String name) {
        return Names.isTooLong(name)
                ? pages.text(context, "account.name.too_long")
                : Names.fault(name)
                        .map(fault -> pages.text(context, "account.name." + fault.code(), fault.character()))
                        .orElse("");
    }

    private void person(Context context) {
        show(context, id(context), null, context.queryParam("saved") != null, List.of());
    }

    private void change(Context context) {
        Map<String, String> form = Requests.form(context);
        UUID id = id(context);
        Actor by = Actor.of(Requests.principal(context));
        Optional<ZoneId> zone = Zones.parse(form.getOrDefault("zone", ""));
        if (zone.isEmpty()) {
            String typed = Names.clean(form.getOrDefault("zone", ""));
            refuse(context, id, "zone", pages.text(context, "account.setup.zone.invalid", typed));
            return;
        }
        Optional<WorkWeek> week = WeekForm.read(
                form, database.read(handle -> people.get(handle, id)).week());
        if (week.isEmpty()) {
            refuse(context, id, "monday", pages.text(context, "account.week.none"));
            return;
        }
        Accounts.Change change = new Accounts.Change(
                form.getOrDefault("name", ""),
                role(form.get("role")),
                zone.get(),
                "fr".equals(form.get("language")) ? Locale.FRENCH : Locale.ENGLISH,
                week.get(),
                "true".equals(form.get("active")));
        try {
            database.useTransaction(tx -> {
                accounts.change(tx, unchanged(tx, id, form), change, by);
            });
            context.redirect("/people/" + id + "?saved=1", HttpStatus.SEE_OTHER);
        } catch (Problem problem) {
            String key = switch (problem.status()) {
                case 412 -> "account.person.conflict";
                case 409 ->
                    problem.code().equals("has_duties")
                            ? "account.person.has_duties"
                            : "account.person.last_administrator";
                case 422 -> "account.setup.name.missing";
                default -> throw problem;
            };
            String wrong = problem.status() == 422 ? wrong(context, change.name()) : "";
            context.status(problem.status());
            refuse(
                    context,
                    id,
                    problem.status() == 409 ? "role" : "name",
                    wrong.isEmpty() ? pages.text(context, key) : wrong);
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
            context.status(problem.status());
            List<FormError> errors = messages.stream()
                    .map(message -> new FormError("members", message))
                    .toList();
            show(context, id, null, false, errors);
        }
    }

    /** The person as the form knew them; 412 where somebody changed them meanwhile. */
    private Person unchanged(Handle tx, UUID id, Map<String, String> form) {
        Person person = people.get(tx, id);
        if (!String.valueOf(person.version()).equals(form.get("version"))) {
            throw Problem.preconditionFailed("This person was changed meanwhile.");
        }
        return person;
    }

    /** The address a pointer such as {@code /members/2} is about; empty where it is about all of them. */
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

    private void refuse(Context context, UUID id, String field, String message) {
        if (context.statusCode() == 200) {
            context.status(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        show(context, id, null, false, List.of(new FormError(field, message)));
    }

    private void show(Context context, UUID id, @Nullable URI link, boolean saved, List<FormError> errors) {
        Map<String, Object> model = new HashMap<>();
        Person person = database.read(handle -> people.get(handle, id));
        model.put("person", PersonView.of(person));
        model.put("tokens", database.read(handle -> tokens.of(handle, person)));
        model.put(
                "hasPassword",
                database.read(handle ->
                        handle.attach(PersonDao.class).findPasswordHash(id).isPresent()));
        model.put("link", link == null ? null : link.toString());
        model.put("path", "/people/" + id);
        model.put("saved", saved);
        model.put("errors", errors);
        model.put("roles", ROLES);
        model.put("zones", Zones.names());
        model.put("days", WeekForm.DAYS);
        model.put("mayEdit", mayEdit(context));
        model.put("load", database.read(handle -> load(handle, List.of(id)).get(0)));
        model.put(
                "backups",
                database.read(handle -> handle.attach(PersonLoadDao.class).listBackups(id)));
        model.put(
                "managers",
                database.read(handle -> handle.attach(PersonLoadDao.class).listManagers(id)));
        model.put("absences", database.read(handle -> absences.list(handle, id)));
        model.put("absencePath", "/people/" + id);
        model.put("away", AbsencePages.said(context));
        model.put("mayPlan", Requests.principal(context).lead());
        String typed = context.formParam("members");
        List<Person> members = database.read(handle -> teams.members(handle, id));
        model.put("members", members);
        model.put(
                "memberLines",
                typed != null ? typed : members.stream().map(Person::email).collect(Collectors.joining("\n")));
        model.put("mayHandOver", Requests.principal(context).lead());
        pages.render(context, "web/account/person.peb", model);
    }

    /** What is with these people, by the text of their id. */
    private Map<String, PersonLoad> loads(List<PersonView> shown) {
        List<UUID> ids = shown.stream().map(PersonView::id).toList();
        return database.read(handle -> load(handle, ids)).stream()
                .collect(Collectors.toMap(load -> load.personId().toString(), load -> load));
    }

    private List<PersonLoad> load(Handle handle, List<UUID> ids) {
        return ids.isEmpty() ? List.of() : handle.attach(PersonLoadDao.class).list(ids, clock.instant());
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
