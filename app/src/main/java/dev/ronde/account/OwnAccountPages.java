package dev.ronde.account;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What everybody signed in may change about themselves: name, zone, language and password. */
record OwnAccountPages(
        Database database,
        Settings settings,
        People people,
        Accounts accounts,
        SignIn signIn,
        Absences absences,
        PageRenderer pages)
        implements Routes {
    @Override
    public void register(Router router) {
        router.get("/account", Access.SCOPED, this::mine);
        router.post("/account", Access.SCOPED, this::change);
        router.post("/account/password", Access.SCOPED, this::password);
    }

    private void mine(Context context) {
        show(context, List.of());
    }

    private void change(Context context) {
        PersonForm form = new PersonForm(Requests.form(context));
        Optional<FormError> wrong = form.wrong(pages.words(context));
        if (wrong.isPresent()) {
            refuse(context, wrong.get());
            return;
        }
        Actor by = Actor.of(Requests.principal(context));
        database.useTransaction(tx -> {
            Person before = people.get(tx, myId(context));
            accounts.change(tx, before, form.change(before, before.role(), before.active()), by);
        });
        context.removeCookie("lang", "/");
        context.redirect("/account?saved=1", HttpStatus.SEE_OTHER);
    }

    private void password(Context context) {
        String current = Optional.ofNullable(context.formParam("current")).orElse("");
        String wanted = Optional.ofNullable(context.formParam("password")).orElse("");
        Person person = database.read(handle -> people.get(handle, myId(context)));
        List<FormError> errors = SetupForm.passwordErrors(wanted, person.email(), pages.words(context));
        if (!errors.isEmpty()) {
            refuse(context, errors.toArray(FormError[]::new));
            return;
        }
        if (!signIn.confirms(person, current, Requests.client(context), Requests.shared(context))) {
            refuse(context, new FormError("current", pages.text(context, "account.password.wrong")));
            return;
        }
        Actor by = Actor.of(Requests.principal(context));
        database.useTransaction(tx -> accounts.setPassword(tx, person, wanted, by));
        SignInPages.startSession(context, settings, signIn.open(person).secret());
        context.redirect("/account?saved=1", HttpStatus.SEE_OTHER);
    }

    private void refuse(Context context, FormError... wrong) {
        context.status(HttpStatus.UNPROCESSABLE_CONTENT);
        show(context, List.of(wrong));
    }

    private void show(Context context, List<FormError> errors) {
        Map<String, Object> model = new HashMap<>();
        model.put("person", database.read(handle -> PersonView.of(people.get(handle, myId(context)))));
        model.put("absences", database.read(handle -> absences.list(handle, myId(context))));
        model.put("absencePath", "/account");
        model.put("away", AbsencePages.said(context));
        model.put("mayPlan", true);
        model.put("days", PersonForm.DAYS);
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
