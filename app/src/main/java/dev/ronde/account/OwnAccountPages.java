package dev.ronde.account;

import dev.ronde.cadence.WorkWeek;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What everybody signed in may change about themselves: name, zone, language and password. */
public final class OwnAccountPages implements Routes {
    private final Database database;
    private final Settings settings;
    private final People people;
    private final Accounts accounts;
    private final SignIn signIn;
    private final Absences absences;
    private final PageRenderer pages;

    OwnAccountPages(
            Database database,
            Settings settings,
            People people,
            Accounts accounts,
            SignIn signIn,
            Absences absences,
            PageRenderer pages) {
        this.database = database;
        this.settings = settings;
        this.people = people;
        this.accounts = accounts;
        this.signIn = signIn;
        this.absences = absences;
        this.pages = pages;
    }

    @Override
    public void register(Router router) {
        router.get("/account", Access.SIGNED_IN, this::mine);
        router.post("/account", Access.SIGNED_IN, this::change);
        router.post("/account/password", Access.SIGNED_IN, this::password);
    }

    private void mine(Context context) {
        show(context, List.of());
    }

    private void change(Context context) {
        Map<String, String> form = Requests.form(context);
        Optional<ZoneId> zone = Zones.parse(form.getOrDefault("zone", ""));
        if (zone.isEmpty()) {
            String typed = Names.clean(form.getOrDefault("zone", ""));
            refuse(context, "zone", pages.text(context, "account.setup.zone.invalid", typed));
            return;
        }
        String name = Names.spaced(form.getOrDefault("name", ""));
        Optional<FormError> wrong = FormError.ofName(name, (key, values) -> pages.text(context, key, values));
        if (wrong.isPresent()) {
            refuse(context, wrong.get().field(), wrong.get().message());
            return;
        }
        Optional<WorkWeek> week = WeekForm.read(
                form, database.read(handle -> people.get(handle, myId(context))).week());
        if (week.isEmpty()) {
            refuse(context, "monday", pages.text(context, "account.week.none"));
            return;
        }
        Actor by = Actor.of(Requests.principal(context));
        Locale language = "fr".equals(form.get("language")) ? Locale.FRENCH : Locale.ENGLISH;
        database.useTransaction(tx -> {
            Person before = people.get(tx, myId(context));
            accounts.change(
                    tx,
                    before,
                    new Accounts.Change(name, before.role(), zone.get(), language, week.get(), before.active()),
                    by);
        });
        context.removeCookie("lang", "/");
        context.redirect("/account?saved=1", HttpStatus.SEE_OTHER);
    }

    private void password(Context context) {
        String current = Optional.ofNullable(context.formParam("current")).orElse("");
        String wanted = Optional.ofNullable(context.formParam("password")).orElse("");
        Person person = database.read(handle -> people.get(handle, myId(context)));
        List<FormError> errors =
                SetupForm.passwordErrors(wanted, person.email(), (key, values) -> pages.text(context, key, values));
        if (!errors.isEmpty()) {
            context.status(HttpStatus.UNPROCESSABLE_CONTENT);
            show(context, errors);
            return;
        }
        if (!signIn.confirms(person, current, Requests.client(context), Requests.shared(context))) {
            refuse(context, "current", pages.text(context, "account.password.wrong"));
            return;
        }
        Actor by = Actor.of(Requests.principal(context));
        database.useTransaction(tx -> accounts.setPassword(tx, person, wanted, by));
        SignInPages.startSession(context, settings, signIn.open(person).secret());
        context.redirect("/account?saved=1", HttpStatus.SEE_OTHER);
    }

    private void refuse(Context context, String field, String message) {
        context.status(HttpStatus.UNPROCESSABLE_CONTENT);
        show(context, List.of(new FormError(field, message)));
    }

    private void show(Context context, List<FormError> errors) {
        Map<String, Object> model = new HashMap<>();
        model.put("person", database.read(handle -> PersonView.of(people.get(handle, myId(context)))));
        model.put("absences", database.read(handle -> absences.list(handle, myId(context))));
        model.put("absencePath", "/account");
        model.put("away", AbsencePages.said(context));
        model.put("mayPlan", true);
        model.put("days", WeekForm.DAYS);
        model.put("saved", context.queryParam("saved") != null);
        model.put("errors", errors);
        model.put("zones", Zones.names());
        pages.render(context, "web/account/mine.peb", model);
    }

    private static UUID myId(Context context) {
        Principal principal = Requests.principal(context);
        UUID id = principal.personId();
        if (id == null) {
            throw Problem.forbidden("A token has no account page.");
        }
        return id;
    }
}
