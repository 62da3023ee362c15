package dev.ronde.check.page;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.check.CheckLookup;
import dev.ronde.check.CheckStateDao;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The page that runs one check on one asset and shows what it brought, once. */
public final class DryRunPages implements Routes {
    private static final int SUGGESTED = 200;
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Database database;
    private final Catalogue catalogue;
    private final CheckLookup lookup;
    private final DryRunViews views;
    private final PageRenderer pages;

    public DryRunPages(
            Database database, Catalogue catalogue, CheckLookup lookup, DryRunViews views, PageRenderer pages) {
        this.database = database;
        this.catalogue = catalogue;
        this.lookup = lookup;
        this.views = views;
        this.pages = pages;
    }

    @Override
    public void register(Router router) {
        router.get(
                "/checks/{id}/dry-run",
                Access.READERS,
                context -> page(
                        context, Requests.query(context, "asset").text("asset").orElse(""), null, "", 0));
        router.post("/checks/{id}/dry-run", Access.READERS, this::form);
    }

    private void form(Context context) {
        String ref = Requests.form(context).getOrDefault("asset", "").strip();
        try {
            page(
                    context,
                    ref,
                    views.run(
                            context.pathParam("id"),
                            ref,
                            Requests.principal(context),
                            pages.reader(context).locale()),
                    "",
                    0);
        } catch (Problem refused) {
            if (refused.status() != 422 && refused.status() != 429) {
                throw refused;
            }
            context.status(refused.status());
            String code = refused.errors().isEmpty()
                    ? refused.code()
                    : refused.errors().get(0).code();
            long seconds = refused.extra().get("retry_after") instanceof Long wait ? wait : 0;
            page(context, ref, null, code, (seconds + 59) / 60);
        }
    }

    private void page(Context context, String ref, DryRunViews.@Nullable View brought, String error, long minutes) {
        Requests.query(context, "asset");
        DryRunJson result = brought == null ? null : brought.result();
        CatalogueEntry entry = lookup.check(context.pathParam("id"));
        Principal principal = Requests.principal(context);
        Locale locale = pages.reader(context).locale();
        Map<String, Object> model = new HashMap<>();
        model.put("check", entry.id());
        model.put("title", catalogue.title(entry.id(), locale));
        model.put("asset", ref);
        model.put("error", error);
        model.put("wait", minutes);
        model.put("result", result);
        model.put("why", brought == null ? List.of() : brought.why().stream().toList());
        model.put("messages", brought == null ? Map.of() : brought.messages());
        model.put("facts", result == null ? "" : PRETTY.writeValueAsString(Json.tree(Json.write(result.facts()))));
        model.put(
                "suggested",
                database.read(handle -> handle.attach(CheckStateDao.class)
                        .listAttached(entry.id(), principal.confinedTo(), SUGGESTED)));
        model.put("explained", result == null ? List.of() : explained(result));
        pages.render(context, "web/check/dry-run.peb", model);
    }

    private static List<RunPages.Explained> explained(DryRunJson result) {
        return result.explanation().entrySet().stream()
                .map(entry -> new RunPages.Explained(entry.getKey(), entry.getValue()))
                .toList();
    }
}
