package dev.ronde.finding.waiver;

import dev.ronde.evidence.Actor;
import dev.ronde.finding.Finding;
import dev.ronde.finding.FindingReader;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.ListPage;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.IsoDates;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The list of waivers, one waiver with its decision, and the form that asks for one; and the same over the API ({@code contract.md}): owners
 * ask for their assets, leads decide.
 */
record WaiverPages(
        Database database,
        InstantSource clock,
        Waivers waivers,
        WaiverReader reader,
        FindingReader findings,
        WaiverApplication application,
        PageRenderer pages)
        implements Routes {
    private static final String API = "/api/v1/waivers";
    private static final int MAX_LIST = 1_000_000;

    @Override
    public void register(Router router) {
        router.get("/waivers", Access.SCOPED, this::list);
        router.get("/waivers/{ref}", Access.SCOPED, context -> show(context, List.of()));
        router.post("/waivers/{ref}/{action}", Access.ANSWERERS, this::act);
        router.get("/findings/{id}/waiver", Access.ANSWERERS, context -> form(context, Map.of(), List.of()));
        router.post("/findings/{id}/waiver", Access.ANSWERERS, this::request);
        router.get(API, Access.SCOPED, this::listJson);
        router.get(API + "/{ref}", Access.SCOPED, this::showJson);
        router.post("/api/v1/findings/{id}/waivers", Access.ANSWERERS, this::requestJson);
        router.post(API + "/{ref}/approve", Access.LEADS, context -> actJson(context, "approve", Map.of()));
        router.post(API + "/{ref}/deny", Access.LEADS, this::deny);
        router.post(API + "/apply", Access.ANSWERERS, this::apply);
        router.delete(API + "/{ref}", Access.ANSWERERS, context -> actJson(context, "revoke", Map.of()));
    }

    private void list(Context context) {
        Query query = Requests.query(context, WaiverReader.PARAMETERS);
        Principal principal = Requests.principal(context);
        PageOf<WaiverJson> page =
                PageOf.listed(query, asked -> database.read(handle -> reader.list(handle, asked, principal)));
        Map<String, Object> model = ListPage.of(query, page, "/waivers", List.of("open", "asset"));
        pages.render(context, "web/finding/waivers.peb", model);
    }

    private void show(Context context, List<String> errors) {
        Requests.query(context);
        Principal principal = Requests.principal(context);
        Map<String, Object> model = new HashMap<>();
        database.useTransaction(handle -> {
            Waiver waiver = reader.get(handle, context.pathParam("ref"), principal);
            boolean mine = waivers.askedBy(handle, waiver, principal);
            model.put("waiver", reader.view(handle, waiver));
            model.put("over", waivers.over(waiver));
            model.put("mayDecide", principal.lead() && !mine);
            model.put("mayAccept", Waivers.mayAccept(waiver, principal));
            model.put("mayRevoke", principal.lead() || mine);
        });
        model.put("errors", errors);
        pages.render(context, "web/finding/waiver.peb", model);
    }

    private void act(Context context) {
        Principal principal = Requests.principal(context);
        String ref = context.pathParam("ref");
        Map<String, String> form = Requests.form(context);
        try {
            database.useTransaction(tx -> {
                Waiver waiver = reader.get(tx, ref, principal);
                if (!String.valueOf(waiver.version()).equals(form.get("v"))) {
                    throw Problem.conflict("waiver_changed", "The waiver " + ref + " was changed meanwhile.");
                }
                act(tx, waiver, form, principal, context.pathParam("action"));
            });
        } catch (Problem refused) {
            if (refused.status() != 409 && !(refused.status() == 403 && principal.lead())) {
                throw refused;
            }
            context.status(refused.status());
            show(context, List.of(word(context, refused.code())));
            return;
        }
        context.redirect("/waivers/" + ref, HttpStatus.SEE_OTHER);
    }

    private Waiver act(Handle tx, Waiver waiver, Map<String, String> form, Principal principal, String action) {
        if (!action.equals("revoke") && !principal.lead()) {
            throw Problem.forbidden("Leads decide on waivers.");
        }
        return switch (action) {
            case "approve" -> waivers.approve(tx, waiver, reader.finding(tx, waiver), principal);
            case "deny" -> waivers.deny(tx, waiver, form.get("reason"), principal);
            case "revoke" -> waivers.revoke(tx, waiver, principal);
            default -> throw Problem.notFound("action", action);
        };
    }

    private void request(Context context) {
        Principal principal = Requests.principal(context);
        Map<String, String> form = Requests.form(context);
        Waiver.Draft draft = new Waiver.Draft(
                null,
                form.get("category"),
                form.get("reason"),
                IsoDates.dateIn(form.get("from")),
                IsoDates.dateIn(form.get("until")),
                form.get("compensating_check"),
                form.get("ticket"));
        List<FieldError> noDates = Stream.of("from", "until")
                .filter(field -> form.containsKey(field) && IsoDates.dateIn(form.get(field)) == null)
                .map(field -> new FieldError("/" + field, "no_date", "Write the day as 2026-12-31."))
                .toList();
        if (!noDates.isEmpty()) {
            context.status(422);
            form(context, form, noDates);
            return;
        }
        try {
            Waiver waiver = database.inTransaction(tx -> waivers.request(
                    tx, findings.finding(tx, context.pathParam("id"), principal), draft, Actor.of(principal)));
            context.redirect("/waivers/" + waiver.ref(), HttpStatus.SEE_OTHER);
        } catch (Problem refused) {
            if (refused.status() != 409 && refused.status() != 422) {
                throw refused;
            }
            context.status(refused.status());
            form(context, form, refused.errors().isEmpty() ? List.of(general(refused)) : refused.errors());
        }
    }

    private void form(Context context, Map<String, String> form, List<FieldError> errors) {
        Requests.query(context);
        Principal principal = Requests.principal(context);
        Locale language = pages.reader(context).locale();
        Map<String, Object> model = new HashMap<>();
        database.useTransaction(handle -> {
            Finding finding = findings.finding(handle, context.pathParam("id"), principal);
            LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
            model.put(
                    "finding",
                    findings.views(handle, List.of(finding), language).get(0));
            model.put("earlier", reader.ofFinding(handle, finding.id()));
            model.put(
                    "checks",
                    waivers.passable(handle, finding).stream().sorted().toList());
            model.put("today", today);
            model.put("latest", today.plusDays(WaiverRules.mostDays(finding.severity())));
            model.put("days", WaiverRules.mostDays(finding.severity()));
        });
        model.put(
                "categories",
                Arrays.stream(Waiver.Category.values())
                        .map(Waiver.Category::code)
                        .toList());
        for (String field : List.of("category", "reason", "from", "until", "compensating_check", "ticket")) {
            model.put(field, form.getOrDefault(field, ""));
        }
        model.put(
                "errors",
                errors.stream()
                        .map(error ->
                                Map.of("field", error.pointer().replace("/", ""), "text", word(context, error.code())))
                        .toList());
        pages.render(context, "web/finding/waiver-form.peb", model);
    }

    private static FieldError general(Problem refused) {
        return new FieldError("/reason", refused.code(), refused.code());
    }

    private String word(Context context, String code) {
        return pages.text(context, "finding.waiver.error." + code);
    }

    /** Anything but a date counts as missing; the form reports the accepted form. */
    private record Denial(@Nullable String reason) {}

    private void listJson(Context context) {
        Query query = Requests.query(context, WaiverReader.PARAMETERS);
        Principal principal = Requests.principal(context);
        Requests.list(context, query, asked -> database.read(handle -> reader.list(handle, asked, principal)));
    }

    private void showJson(Context context) {
        Requests.query(context);
        Principal principal = Requests.principal(context);
        answer(
                context,
                database.read(handle -> reader.view(handle, reader.get(handle, context.pathParam("ref"), principal))));
    }

    /** A whole list in one call, as {@code ronde waiver apply} sends it. */
    private void apply(Context context) {
        Query query = Requests.query(context, "dry_run");
        boolean dryRun = query.flag("dry_run").orElse(false);
        Principal principal = Requests.principal(context);
        List<WaiverList.Wanted> list = WaiverList.read(Requests.tree(context, MAX_LIST));
        List<WaiverApplication.Result> applied = dryRun
                ? database.read(handle -> application.apply(handle, list, principal, true))
                : database.inTransaction(tx -> application.apply(tx, list, principal, false));
        context.json(Map.of("items", applied));
    }

    private void requestJson(Context context) {
        Requests.query(context);
        Waiver.Draft draft = Requests.body(context, Waiver.Draft.class);
        Principal principal = Requests.principal(context);
        WaiverJson view = database.inTransaction(tx -> {
            Finding finding = findings.finding(tx, context.pathParam("id"), principal);
            return reader.view(tx, waivers.request(tx, finding, draft, Actor.of(principal)));
        });
        context.status(HttpStatus.CREATED).header("Location", "/api/v1/waivers/" + view.ref());
        answer(context, view);
    }

    private void deny(Context context) {
        String reason = Requests.body(context, Denial.class).reason();
        actJson(context, "deny", reason == null ? Map.of() : Map.of("reason", reason));
    }

    private void actJson(Context context, String action, Map<String, String> more) {
        Requests.query(context);
        Principal principal = Requests.principal(context);
        answer(context, database.inTransaction(tx -> {
            Waiver waiver = reader.get(tx, context.pathParam("ref"), principal);
            if (action.equals("revoke")) {
                Requests.requireMatch(context, waiver.version());
            }
            return reader.view(tx, act(tx, waiver, more, principal, action));
        }));
    }

    private static void answer(Context context, WaiverJson view) {
        Requests.etag(context, view.version());
        context.json(view);
    }
}
