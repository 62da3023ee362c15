package dev.ronde.account;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The page behind a one-time link: makes the first administrator, or lets an invited person choose a password. */
record SetupPages(
        Database database,
        Settings settings,
        SetupLinks links,
        Accounts accounts,
        People people,
        SignIn signIn,
        PageRenderer pages)
        implements Routes {
    @Override
    public void register(Router router) {
        router.get("/setup", Access.ANYONE, this::form);
        router.post("/setup", Access.ANYONE, this::start);
    }

    private void form(Context context) {
        String code = Optional.ofNullable(context.queryParam("code")).orElse("");
        Optional<SetupLinks.SetupCode> found = usable(context, code);
        if (found.isEmpty()) {
            return;
        }
        show(context, code, found.get(), initial(context, found.get()), List.of());
    }

    private void start(Context context) {
        Map<String, String> fields = Requests.form(context);
        String code = fields.getOrDefault("code", "");
        Optional<SetupLinks.SetupCode> found = usable(context, code);
        if (found.isEmpty()) {
            return;
        }
        boolean first = found.get().personId() == null;
        String password = Optional.ofNullable(context.formParam("password")).orElse("");
        SetupForm typed = SetupForm.read(fields, password);
        SetupForm form =
                first ? typed : typed.withEmail(initial(context, found.get()).email());
        List<FormError> errors = form.errors(first, pages.words(context));
        if (!errors.isEmpty()) {
            context.status(HttpStatus.UNPROCESSABLE_CONTENT);
            show(context, code, found.get(), form, errors);
            return;
        }
        Optional<Person> person = database.inTransaction(
                tx -> links.use(tx, found.get()) ? Optional.of(complete(tx, found.get(), form)) : Optional.empty());
        if (person.isEmpty()) {
            gone(context, false);
            return;
        }
        SignInPages.startSession(context, settings, signIn.open(person.get()).secret());
        context.redirect("/", HttpStatus.SEE_OTHER);
    }

    private Person complete(Handle tx, SetupLinks.SetupCode code, SetupForm form) {
        UUID known = code.personId();
        Person person = known == null
                ? accounts.add(tx, form.email(), form.name(), Role.ADMIN, null, Actor.SYSTEM)
                : people.get(tx, known);
        Actor self = new Actor("link", person.actorRef(), "link");
        if (known == null) {
            accounts.describe(tx, form.organisation(), form.zone(), form.language(), self);
        }
        Person change = person.with(
                form.name(),
                person.role(),
                ZoneId.of(form.zone()),
                Locale.forLanguageTag(form.language()),
                person.week(),
                person.active());
        Person changed = accounts.change(tx, person, change, self);
        accounts.setPassword(tx, changed, form.password(), self);
        return people.get(tx, changed.id());
    }

    private SetupForm initial(Context context, SetupLinks.SetupCode code) {
        UUID known = code.personId();
        if (known == null) {
            String email = settings.find(Setting.ADMIN_EMAIL).orElse("");
            String language = pages.reader(context).locale().getLanguage();
            return new SetupForm("", email, "", "", settings.zone().getId(), language);
        }
        Person person = database.read(handle -> people.get(handle, known));
        return new SetupForm(
                person.name(),
                person.email(),
                "",
                "",
                person.zone().getId(),
                person.language().getLanguage());
    }

    private void show(
            Context context, String code, SetupLinks.SetupCode found, SetupForm form, List<FormError> errors) {
        Map<String, Object> model = new HashMap<>();
        model.put("first", found.personId() == null);
        model.put("code", code);
        model.put("values", form);
        model.put("errors", errors);
        model.put("zones", Zones.names());
        pages.render(context, "web/account/setup.peb", model);
    }

    private Optional<SetupLinks.SetupCode> usable(Context context, String code) {
        Optional<SetupLinks.SetupCode> found = database.read(handle -> links.find(handle, code));
        boolean late = found.isPresent() && database.read(handle -> links.late(handle, found.get()));
        if (found.isEmpty() || late) {
            gone(context, late);
            return Optional.empty();
        }
        return found;
    }

    private void gone(Context context, boolean late) {
        context.status(HttpStatus.GONE);
        pages.render(context, "web/account/setup-gone.peb", Map.of("late", late));
    }
}
