package dev.ronde.check.run;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.EffectiveParams;
import dev.ronde.catalogue.Judge;
import dev.ronde.catalogue.cel.Expression;
import dev.ronde.check.AssetVariables;
import dev.ronde.check.CheckRun;
import dev.ronde.check.CheckRuns;
import dev.ronde.platform.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Judges the recorded facts of a run again and tells the value of every part of every expression. */
public final class Explainer {
    private Explainer() {}

    /**
     * What the explanation stands on.
     *
     * @param sameFile whether the check file is still the one the run was judged by
     * @param steps values by condition or assertion id, in the order of judgement; empty where no facts were recorded
     */
    public record Explanation(boolean sameFile, Map<String, List<Expression.Step>> steps) {}

    /**
     * Explains a run.
     *
     * @param details the data of its record, see {@link CheckRuns#details}
     */
    public static Explanation explain(Catalogue catalogue, CheckRun run, Asset asset, JsonNode details) {
        Optional<CatalogueEntry> entry = catalogue.find(run.checkId());
        boolean sameFile =
                entry.filter(found -> found.sha256().equals(run.checkSha256())).isPresent();
        Optional<CheckDefinition> check = entry.flatMap(CatalogueEntry::sound);
        if (check.isEmpty() || !details.has("facts")) {
            return new Explanation(sameFile, Map.of());
        }
        return new Explanation(
                sameFile,
                Judge.explain(check.get(), input(check.get(), details, AssetVariables.of(asset), run.finishedAt())));
    }

    /** Explains what a dry run brought, from the facts that a run would keep; empty where there are none. */
    public static Map<String, List<Expression.Step>> explain(CatalogueEntry entry, Asset asset, Execution ran) {
        Optional<CheckDefinition> check = entry.sound();
        if (check.isEmpty() || ran.kept().isEmpty()) {
            return Map.of();
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("params", RunRecords.params(ran.params()));
        details.put("facts", ran.kept());
        return Judge.explain(
                check.get(),
                input(check.get(), Json.tree(Json.write(details)), AssetVariables.of(asset), ran.finishedAt()));
    }

    public static Judge.Input input(CheckDefinition check, JsonNode details, Map<String, Object> asset, Instant at) {
        Map<String, Object> stored = new LinkedHashMap<>();
        Json.object(details.path("params")).forEach((name, value) -> {
            if (value instanceof Map<?, ?> param && param.get("value") != null) {
                stored.put(name, param.get("value"));
            }
        });
        return new Judge.Input(
                Json.object(details.path("facts")),
                EffectiveParams.restored(check, stored).values(),
                asset,
                at);
    }
}
