package dev.ronde.account;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.Dialect;
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
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings with their origin, the address check, and the tokens of programs. For administrators. */
record SettingsPages(Database database, Settings settings, Tokens tokens, PageRenderer pages) implements Routes {
    private static final List<String> TOKEN_ROLES =
            List.of("agent", "prober", "owner", "auditor", "compliance", "admin");

    @Override
    public void register(Router router) {
        router.get("/settings", Access.ADMINS, this::settings);
        router.get("/settings/tokens", Access.ADMINS, this::tokens);
        router.post("/settings/tokens", Access.ADMINS, this::add);
        router.post("/settings/tokens/{id}/revoke", Access.ADMINS, this::revoke);
    }

    record Row(String key, String text, String origin) {}

    record Group(String name, List<Row> rows) {}

    private void settings(Context context) {
        Map<String, Object> model = new HashMap<>();
        model.put("groups", groups());
        model.put("address", SignInPages.address(context, settings, pages));
        model.put("singleFile", database.dialect() == Dialect.H2);
        pages.render(context, "web/account/settings.peb", model);
    }

    private List<Group> groups() {
        Map<String, List<Row>> rows = new HashMap<>();
        Arrays.stream(Setting.values())
                .filter(setting -> setting != Setting.URL && setting != Setting.TOKEN)
                .forEach(setting -> rows.computeIfAbsent(group(setting), name -> new ArrayList<>())
                        .add(new Row(
                                setting.key(),
                                settings.shown(setting),
                                settings.origin(setting).name().toLowerCase(Locale.ROOT))));
        return List.of("server", "mail", "checks", "evidence", "other").stream()
                .map(name -> new Group(name, rows.getOrDefault(name, List.of())))
                .toList();
    }

    private static String group(Setting setting) {
        String name = setting.name();
        if (name.matches("(HOME|HTTP|BASE|DB|ADMIN|ZONE|LOCALE).*")) {
            return "server";
        }
        if (name.matches("(SMTP|MAIL|IMAP|AUTHSERV|DELEGATE).*")) {
            return "mail";
        }
        if (name.matches("(PROBE|CHECKS).*")) {
            return "checks";
        }
        return name.matches("(LEDGER|EXPORT|AUDITORS|WITNESSES).*") ? "evidence" : "other";
    }

    private void tokens(Context context) {
        show(context, null, List.of());
    }

    private void add(Context context) {
        Map<String, String> form = Requests.form(context);
        String word = form.getOrDefault("role", "");
        if (!TOKEN_ROLES.contains(word)) {
            throw Problem.invalid("/role", "bad_value", "Choose a role.");
        }
        Actor by = Actor.of(Requests.principal(context));
        try {
            Tokens.Made made = database.inTransaction(tx -> tokens.add(
                    tx,
                    new Tokens.Wanted(
                            form.getOrDefault("name", ""),
                            Role.valueOf(word.toUpperCase(Locale.ROOT)),
                            days(form.getOrDefault("days", "")),
                            refs(form.getOrDefault("assets", ""))),
                    by));
            show(context, made.secret(), List.of());
        } catch (Problem problem) {
            if (problem.status() != 422) {
                throw problem;
            }
            context.status(HttpStatus.UNPROCESSABLE_CONTENT);
            show(
                    context,
                    null,
                    problem.errors().stream()
                            .map(error -> message(context, error))
                            .distinct()
                            .toList());
        }
    }

    private FormError message(Context context, FieldError error) {
        String field = error.pointer().substring(1).split("/", 2)[0];
        return new FormError(field, pages.text(context, "account.tokens.invalid." + field, tokens.mostDays()));
    }

    private static @Nullable Integer days(String text) {
        return text.isBlank() ? null : text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    }

    private static List<String> refs(String text) {
        return Arrays.stream(text.split("[\\s,;]+"))
                .filter(ref -> !ref.isEmpty())
                .toList();
    }

    private void revoke(Context context) {
        Actor by = Actor.of(Requests.principal(context));
        database.useTransaction(tx -> tokens.revoke(tx, PathIds.of(context, "id", "token"), by));
        context.redirect("/settings/tokens", HttpStatus.SEE_OTHER);
    }

    private void show(Context context, @Nullable String secret, List<FormError> errors) {
        Query query = context.method().name().equals("GET")
                ? Requests.query(context, "sort", "limit", "cursor")
                : Requests.query(context);
        PageOf<TokenView> page = PageOf.listed(query, tokens::page);
        Map<String, Object> model = ListPage.of(query, page, "/settings/tokens", List.of());
        model.put("secret", secret);
        model.put("errors", errors);
        model.put("roles", TOKEN_ROLES);
        model.put("mostDays", tokens.mostDays());
        pages.render(context, "web/account/tokens.peb", model);
    }
}
