package dev.ronde.check.page;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.cel.Expression;
import dev.ronde.check.CheckRun;
import dev.ronde.check.message.CheckMessages;
import dev.ronde.check.run.Explainer;
import dev.ronde.check.run.RunRequests;
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
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The list of runs, one run with everything it saw and why it was judged so, and new ones; on pages and over HTTP. */
public record RunPages(
        Database database,
        Catalogue catalogue,
        RunViews views,
        RuleTables rules,
        CheckMessages messages,
        RunRequests requests,
        PageRenderer pages)
        implements Routes {
    private static final String API = "/api/v1/check-runs";
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Override
    public void register(Router router) {
        router.get("/checks/runs", Access.SCOPED, this::list);
        router.get("/checks/runs/{id}", Access.SCOPED, this::show);
        router.get(API, Access.SCOPED, this::listJson);
        router.post(API, Access.READERS, this::start);
        router.get(
                API + "/{id}",
                Access.SCOPED,
                context -> context.json(view(context).json()));
        router.get(API + "/{id}/explanation", Access.SCOPED, this::explain);
    }

    private void listJson(Context context) {
        Principal principal = Requests.principal(context);
        Requests.list(context, Requests.query(context, RunViews.PARAMETERS), asked -> views.list(asked, principal));
    }

    /** Null means all assets or all checks. */
    record Wanted(@Nullable String asset, @Nullable String check) {}

    private void start(Context context) {
        Wanted wanted = Requests.body(context, Wanted.class);
        UUID job = requests.start(wanted.asset(), wanted.check(), Requests.principal(context));
        context.status(HttpStatus.ACCEPTED)
                .header("Location", "/api/v1/jobs/" + job)
                .json(requests.job(job));
    }

    private void explain(Context context) {
        RunViews.View view = view(context);
        context.json(Explainer.explain(catalogue, view.run(), view.asset(), view.details()));
    }

    private RunViews.View view(Context context) {
        Requests.query(context);
        Principal principal = Requests.principal(context);
        return database.read(handle -> views.get(handle, context.pathParam("id"), principal));
    }

    public record Explained(String id, List<Expression.Step> steps) {}

    private void list(Context context) {
        Query query = Requests.query(context, RunViews.PARAMETERS);
        PageOf<Map<String, @Nullable Object>> page =
                PageOf.listed(query, asked -> views.list(asked, Requests.principal(context)));
        Map<String, Object> model = ListPage.of(query, page, "/checks/runs", List.of("asset", "check", "outcome"));
        model.put("outcomes", Arrays.stream(Outcome.values()).map(Outcome::code).toList());
        model.put("checks", catalogue.entries());
        pages.render(context, "web/check/runs.peb", model);
    }

    private void show(Context context) {
        Requests.query(context);
        Principal principal = Requests.principal(context);
        Locale locale = pages.reader(context).locale();
        Map<String, Object> model = database.read(handle -> {
            RunViews.View view = views.get(handle, context.pathParam("id"), principal);
            CheckRun run = view.run();
            Asset asset = view.asset();
            JsonNode details = view.details();
            Explainer.Explanation explanation = Explainer.explain(catalogue, run, asset, details);
            Map<String, Object> found = new HashMap<>();
            found.put("run", view.json());
            found.put("asset", asset);
            found.put(
                    "attested",
                    catalogue
                            .find(run.checkId())
                            .filter(CatalogueEntry::asksPerson)
                            .isPresent());
            found.put("target", details.path("target").asString(""));
            found.put("exchanges", exchanges(details));
            found.put("vantage", details.path("vantage").path("zone").asString(""));
            found.put("proof", details.path("vantage").path("proof").asString(""));
            found.put("facts", PRETTY.writeValueAsString(details.path("facts")));
            found.put("hasFacts", details.has("facts"));
            found.put(
                    "ruleTables",
                    rules.of(handle, asset, run, details, locale).stream().toList());
            found.put("sameFile", explanation.sameFile());
            found.put(
                    "explained",
                    explanation.steps().entrySet().stream()
                            .map(entry -> new Explained(entry.getKey(), entry.getValue()))
                            .toList());
            found.put("title", catalogue.title(run.checkId(), locale));
            found.put(
                    "why",
                    messages.why(run.checkId(), run.reason(), details, locale).stream()
                            .toList());
            found.put("messages", messages.assertions(run.checkId(), details, locale));
            return found;
        });
        pages.render(context, "web/check/run.peb", model);
    }

    public record ExchangeLine(String what, String outcome, String status, int bytesOut, int bytesRead, long millis) {}

    private static List<ExchangeLine> exchanges(JsonNode details) {
        return details.path("exchanges")
                .valueStream()
                .map(node -> new ExchangeLine(
                        node.path("what").asString(""),
                        node.path("outcome").asString(""),
                        node.path("status").asString(""),
                        node.path("bytesOut").asInt(0),
                        node.path("bytesRead").asInt(0),
                        node.path("ms").asLong(0)))
                .toList();
    }
}
