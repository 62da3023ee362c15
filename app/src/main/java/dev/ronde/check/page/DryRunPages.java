package dev.ronde.check.page;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.cel.Expression;
import dev.ronde.check.CheckLookup;
import dev.ronde.check.CheckStateDao;
import dev.ronde.check.message.CheckMessages;
import dev.ronde.check.probe.Exchange;
import dev.ronde.check.run.DryRuns;
import dev.ronde.check.run.Execution;
import dev.ronde.check.run.Explainer;
import dev.ronde.check.run.RunRecords;
import dev.ronde.check.run.RunRequests;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.table.Table;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Runs one check on one asset and shows what it brought, once: on a page and over HTTP. */
public record DryRunPages(
        Database database,
        Catalogue catalogue,
        CheckLookup lookup,
        RunRequests requests,
        DryRuns dryRuns,
        CheckMessages messages,
        PageRenderer pages)
        implements Routes {
    private static final int SUGGESTED = 200;
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Override
    public void register(Router router) {
        router.get("/checks/{id}/dry-run", Access.READERS, context -> {
            String ref = Requests.query(context, "asset").text("asset").orElse("");
            page(context, ref, null, "", 0);
        });
        router.post("/checks/{id}/dry-run", Access.READERS, this::form);
        router.post("/api/v1/checks/{id}/dry-run", Access.READERS, this::json);
    }

    private record DryRun(@Nullable String asset) {}

    private record View(DryRunJson result, Optional<CheckMessages.Why> why, Map<String, String> messages) {}

    /**
     * Runs the check on an asset now and waits for what it brings.
     *
     * @throws Problem as {@link RunRequests#mayRun} and {@link DryRuns#run}
     */
    private View run(Context context, String ref, Locale locale) {
        CatalogueEntry entry = lookup.check(context.pathParam("id"));
        Asset asset = requests.mayRun(entry, ref, Requests.principal(context));
        Execution ran = dryRuns.run(entry, asset);
        JsonNode details = RunRecords.details(ran);
        Optional<CheckMessages.Why> why =
                messages.why(entry.id(), ran.judgement().reason(), details, locale);
        DryRunJson result = new DryRunJson(
                asset.ref(),
                entry,
                ran,
                why.map(CheckMessages.Why::told).orElse(null),
                Explainer.explain(entry, asset, ran));
        return new View(result, why, messages.assertions(entry.id(), details, locale));
    }

    private void json(Context context) {
        Requests.query(context);
        String ref = Requests.body(context, DryRun.class).asset();
        context.json(
                run(context, ref == null ? "" : ref, Locale.ENGLISH).result().json());
    }

    private void form(Context context) {
        String ref = Requests.form(context).getOrDefault("asset", "").strip();
        try {
            page(context, ref, run(context, ref, pages.reader(context).locale()), "", 0);
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

    private void page(Context context, String ref, @Nullable View brought, String error, long minutes) {
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
        model.put("result", result == null ? null : result.json());
        model.put("why", brought == null ? List.of() : brought.why().stream().toList());
        model.put("messages", brought == null ? Map.of() : brought.messages());
        model.put(
                "facts",
                result == null
                        ? ""
                        : PRETTY.writeValueAsString(
                                Json.tree(Json.write(result.ran().kept()))));
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

    /** What a dry run brought, as the API and the page show it; nothing of it is kept. */
    record DryRunJson(
            String asset,
            CatalogueEntry entry,
            Execution ran,
            @Nullable String detail,
            Map<String, List<Expression.Step>> explanation) {
        private static final Table<DryRunJson> JSON = Table.<DryRunJson>empty()
                .with("asset", DryRunJson::asset)
                .with("check", shown -> shown.entry.id())
                .with("check_version", shown -> shown.entry.version())
                .with("check_sha256", shown -> shown.entry.sha256())
                .with("outcome", shown -> shown.ran.judgement().outcome())
                .with("reason", shown -> shown.ran.judgement().reason())
                .with("detail", DryRunJson::detail)
                .with("severity", shown -> shown.ran.judgement().severity())
                .with("incomplete", shown -> shown.ran.judgement().incomplete())
                .with("started_at", shown -> shown.ran.startedAt())
                .with("finished_at", shown -> shown.ran.finishedAt())
                .with("target", shown -> shown.ran.resolved())
                // their ends stand in the probe log
                .with(
                        "exchanges",
                        shown -> shown.ran.withTarget().stream()
                                .map(Exchange::withoutEnds)
                                .toList())
                .with("assertions", shown -> shown.ran.judgement().assertions())
                .with("facts", shown -> shown.ran.kept())
                .with("redactions", shown -> shown.ran.redactions())
                .with("fingerprint", shown -> shown.ran.fingerprint())
                .with("explanation", DryRunJson::explanation);

        Map<String, @Nullable Object> json() {
            return JSON.json(this);
        }
    }
}
