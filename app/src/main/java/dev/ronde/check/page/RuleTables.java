package dev.ronde.check.page;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.page.AssetPanel;
import dev.ronde.asset.snapshot.Snapshot;
import dev.ronde.asset.snapshot.Snapshots;
import dev.ronde.asset.snapshot.Unread;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.EffectiveParams;
import dev.ronde.check.AssetVariables;
import dev.ronde.check.CheckRun;
import dev.ronde.check.CheckRuns;
import dev.ronde.check.derive.Deriver;
import dev.ronde.check.derive.RuleDeriver;
import dev.ronde.check.derive.UnparsableException;
import dev.ronde.check.message.FactTranslation;
import dev.ronde.check.run.Derivers;
import dev.ronde.check.run.SnapshotFacts;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Reader;
import dev.ronde.platform.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/** The network rules of an asset, with those marked that let strangers in: as they are now, on its page, and as a run saw them. */
public final class RuleTables implements AssetPanel {
    private final Catalogue catalogue;
    private final Snapshots snapshots;

    public RuleTables(Catalogue catalogue, Snapshots snapshots) {
        this.catalogue = catalogue;
        this.snapshots = snapshots;
    }

    @Override
    public String template() {
        return "web/check/rules.peb";
    }

    @Override
    public Map<String, Object> model(Handle handle, Asset asset, Principal principal, Reader reader, Instant now) {
        return Map.of("ruleTables", now(handle, asset, reader.locale()));
    }

    /** Judges the newest snapshots again; empty if none of them holds network rules. */
    private List<RuleTable> now(Handle handle, Asset asset, Locale locale) {
        return snapshots.latestBySource(handle, asset.id()).stream()
                .flatMap(snapshot -> Derivers.ofRules(snapshot.source()).stream()
                        .map(deriver -> table(deriver, snapshot, locale, Unread.of(snapshot), document -> {
                            Deriver.Input input =
                                    new Deriver.Input(document, params(deriver, asset), AssetVariables.of(asset));
                            return deriver.judge(input).whole();
                        })))
                .toList();
    }

    private RuleTable table(
            RuleDeriver deriver,
            Snapshot snapshot,
            Locale locale,
            Unread unread,
            UnaryOperator<Map<String, Object>> facts) {
        String title = snapshots.title(snapshot.source(), locale);
        Map<String, Object> document = SnapshotFacts.document(snapshot);
        try {
            RuleTable table = unread.isEmpty()
                    ? RuleTable.of(
                            title,
                            snapshot.digest(),
                            deriver,
                            document,
                            FactTranslation.in(locale, FactTranslation.EXPOSURE).apply(facts.apply(document)))
                    : RuleTable.unjudged(title, snapshot.digest(), deriver, document, unread);
            return table.said(FactTranslation.ofRules(locale));
        } catch (UnparsableException e) {
            return RuleTable.unreadable(title, snapshot.digest(), String.valueOf(e.getMessage()));
        }
    }

    /** Those of all checks with this deriver, so that everything any of them minds is marked. */
    private Map<String, Object> params(RuleDeriver deriver, Asset asset) {
        Map<String, Object> all = new LinkedHashMap<>();
        catalogue.entries().stream()
                .map(CatalogueEntry::sound)
                .flatMap(Optional::stream)
                .filter(check -> deriver.name().equals(check.probe().derive()))
                .map(check -> EffectiveParams.of(check, asset.tags()).values())
                .forEach(all::putAll);
        return all;
    }

    /**
     * Returns the rules that a run judged, marked as it found them; empty where it judged none or its snapshot is gone.
     *
     * @param details the data of its record, see {@link CheckRuns#details}
     */
    Optional<RuleTable> of(Handle handle, Asset asset, CheckRun run, JsonNode details, Locale locale) {
        String digest = details.path("facts").path("snapshot").path("digest").asString("");
        Optional<RuleDeriver> deriver = catalogue
                .find(run.checkId())
                .flatMap(CatalogueEntry::sound)
                .map(CheckDefinition::probe)
                .filter(probe -> probe.derive() != null && probe.source() != null)
                .flatMap(probe -> Derivers.ofRules(String.valueOf(probe.source())));
        if (deriver.isEmpty() || digest.isEmpty() || !details.path("facts").has("exposures")) {
            return Optional.empty();
        }
        Map<String, Object> facts = Json.object(details.path("facts"));
        return snapshots
                .byDigest(handle, asset.id(), digest)
                .map(snapshot ->
                        table(deriver.get(), snapshot, locale, new Unread(List.of(), List.of()), document -> facts));
    }
}
