package dev.ronde.check;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.cel.Expression;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Results: the list of runs, and one run with everything it saw and why it was judged so. */
final class RunPages implements Routes {
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final CheckRoom room;
    private final CheckDesk desk;
    private final PageRenderer pages;

    RunPages(CheckRoom room, PageRenderer pages) {
        this.room = room;
        this.desk = new CheckDesk(room);
        this.pages = pages;
    }

    @Override
    public void register(Router router) {
        router.get("/checks/runs", Access.READERS, this::list);
        router.get("/checks/runs/{id}", Access.READERS, this::show);
    }

    /** The parts of one expression with their values. */
    public record Explained(String id, List<Expression.Step> steps) {}

    private void list(Context context) {
        Query query = Requests.query(context, "asset", "check", "outcome", "limit", "cursor");
        Principal principal = Requests.principal(context);
        int limit = query.limit();
        UUID before = query.cursor(1).map(cursor -> cursor.uuid(0)).orElse(null);
        Map<String, Object> model = new HashMap<>();
        PageOf<CheckRun> page = room.database().read(handle -> {
            UUID asset =
                    query.text("asset").map(ref -> desk.filtered(handle, ref)).orElse(null);
            RunFilter filter = new RunFilter(
                    asset,
                    query.text("check").orElse(null),
                    query.oneOf("outcome", Outcome.class).orElse(null),
                    principal.confinedTo());
            List<CheckRun> rows = room.runs().list(handle, filter, before, limit + 1);
            PageOf<CheckRun> found =
                    PageOf.of(rows, limit, room.runs().count(handle, filter), run -> Cursor.of(run.id()));
            model.put("runs", desk.views(handle, found.items()));
            return found;
        });
        model.put("count", page.count());
        model.put("next", page.nextCursor() == null ? "" : page.nextCursor());
        for (String name : List.of("asset", "check", "outcome")) {
            model.put(name, query.text(name).orElse(""));
        }
        model.put("outcomes", Arrays.stream(Outcome.values()).map(Outcome::code).toList());
        model.put("checks", room.catalogue().entries());
        model.put(
                "filtered", query.values().keySet().stream().anyMatch(List.of("asset", "check", "outcome")::contains));
        pages.render(context, "web/check/runs.peb", model);
    }

    private void show(Context context) {
        Requests.query(context);
        Principal principal = Requests.principal(context);
        Locale locale = pages.reader(context).locale();
        Map<String, Object> model = room.database().read(handle -> {
            CheckRun run = room.runs().get(handle, CheckApi.uuid(context.pathParam("id")));
            Asset asset = room.assets().byId(handle, run.assetId());
            desk.requireVisible(asset, principal);
            JsonNode details = room.runs().details(handle, run);
            Explainer.Explanation explanation = room.explainer().explain(run, asset, details);
            Map<String, Object> found = new HashMap<>();
            found.put("run", desk.views(handle, List.of(run)).get(0));
            found.put("asset", asset);
            found.put(
                    "attested",
                    room.catalogue()
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
                    room.rules().of(handle, asset, run, details, locale).stream()
                            .toList());
            found.put("sameFile", explanation.sameFile());
            found.put(
                    "explained",
                    explanation.steps().entrySet().stream()
                            .map(entry -> new Explained(entry.getKey(), entry.getValue()))
                            .toList());
            found.put("title", room.catalogue().title(run.checkId(), locale));
            found.put(
                    "why",
                    room.reasons().why(run.checkId(), run.reason(), details, locale).stream()
                            .toList());
            found.put("messages", room.reasons().assertions(run.checkId(), details, locale));
            return found;
        });
        pages.render(context, "web/check/run.peb", model);
    }

    /** One exchange as the page shows it. */
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
