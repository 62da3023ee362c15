package dev.ronde.check.page;

import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.cel.Expression;
import dev.ronde.check.probe.Exchange;
import dev.ronde.check.run.Execution;
import dev.ronde.platform.table.Table;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a dry run brought, as the API and the page show it; nothing of it is kept.
 *
 * @param detail why it has no result, in words; null where it has one
 * @param explanation the value of every part of every expression, by condition or assertion
 */
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
