package dev.ronde.check.page;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.check.CheckLookup;
import dev.ronde.check.message.CheckMessages;
import dev.ronde.check.run.DryRuns;
import dev.ronde.check.run.Execution;
import dev.ronde.check.run.Explainer;
import dev.ronde.check.run.RunRecords;
import dev.ronde.check.run.RunRequests;
import dev.ronde.platform.http.Principal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Dry runs as API and page show them, to whoever may run the check. */
public final class DryRunViews {
    private final CheckLookup lookup;
    private final RunRequests requests;
    private final DryRuns dryRuns;
    private final Explainer explainer;
    private final CheckMessages messages;

    public DryRunViews(
            CheckLookup lookup, RunRequests requests, DryRuns dryRuns, Explainer explainer, CheckMessages messages) {
        this.lookup = lookup;
        this.requests = requests;
        this.dryRuns = dryRuns;
        this.explainer = explainer;
        this.messages = messages;
    }

    record View(DryRunJson result, Optional<CheckMessages.Why> why, Map<String, String> messages) {}

    /**
     * Runs a check on an asset now and waits for what it brings.
     *
     * @throws dev.ronde.platform.problem.Problem as {@link RunRequests#mayRun} and {@link DryRuns#run}
     */
    View run(String check, String ref, Principal principal, Locale locale) {
        CatalogueEntry entry = lookup.check(check);
        Asset asset = requests.mayRun(entry, ref, principal);
        Execution ran = dryRuns.run(entry, asset);
        JsonNode details = RunRecords.details(ran);
        Optional<CheckMessages.Why> why =
                messages.why(entry.id(), ran.judgement().reason(), details, locale);
        DryRunJson result = DryRunJson.of(
                asset.ref(),
                entry,
                ran,
                why.map(CheckMessages.Why::told).orElse(null),
                explainer.explain(entry, asset, ran));
        return new View(result, why, messages.assertions(entry.id(), details, locale));
    }
}
