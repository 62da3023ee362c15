package dev.ronde.finding;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.Outcome;
import dev.ronde.check.CheckRun;
import dev.ronde.check.CheckRunDao;
import dev.ronde.check.CheckRuns;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the page of one finding shows: the window in words, what was seen, who was told, and every run around it. */
record FindingPageModel(
        Findings findings,
        FindingTexts texts,
        FindingReader reader,
        Assets assets,
        Catalogue catalogue,
        NoticeLookup notices,
        AcceptanceLookup acceptances) {
    private static final int MOST_RUNS = 200;
    private static final int SHOWN = 40;
    private static final CheckRuns RUNS = new CheckRuns();

    public record Fact(String name, String value) {}

    /** Returns the findings with a waiver request that still waits. */
    Set<UUID> asked(Handle handle, List<FindingJson> shown) {
        Set<UUID> asked = new HashSet<>();
        List<UUID> ids = shown.stream().map(FindingJson::id).toList();
        if (!ids.isEmpty()) {
            acceptances.of(handle, findings.all(handle, ids)).forEach((id, waivers) -> {
                if (waivers.stream().anyMatch(waiver -> waiver.state().equals("requested"))) {
                    asked.add(id);
                }
            });
        }
        return asked;
    }

    Map<String, Object> of(Handle handle, String id, Principal principal, Locale language) {
        FindingJson finding = reader.get(handle, id, principal, language);
        Asset asset = assets.get(handle, finding.asset());
        Map<String, Object> model = new HashMap<>();
        model.put("finding", finding);
        model.put("asset", asset);
        CheckRun run = RUNS.get(handle, finding.run());
        JsonNode details = RUNS.details(handle, run);
        List<String> found = texts.found(finding.check(), details, language);
        model.put("found", found.isEmpty() ? List.of(finding.summary()) : found);
        model.put("seenAt", seenAt(run, details));
        model.put("facts", facts("", details.path("facts"), new ArrayList<>()));
        model.put("mayReadMail", principal.lead());
        boolean asked = !asked(handle, List.of(finding)).isEmpty();
        boolean answers = finding.fixedAt() == null && Access.ANSWERERS.allows(principal.role());
        model.put("mayAsk", answers && !asked);
        model.put("mayAcknowledge", answers && finding.acknowledgedAt() == null);
        model.put("told", notices.told(handle, finding.id()));
        Finding stored = findings.get(handle, finding.id());
        model.put("acceptances", acceptances.of(handle, List.of(stored)));
        model.put("runs", around(handle, asset, finding));
        CatalogueEntry entry = catalogue.find(finding.check()).orElse(null);
        model.put("attested", entry != null && entry.asksPerson());
        model.put("title", catalogue.title(finding.check(), language));
        model.put("texts", entry == null || entry.definition() == null ? null : catalogue.texts(entry, language));
        return model;
    }

    /** The time of the configuration if the check read one, else the time of the run. */
    private static Instant seenAt(CheckRun run, JsonNode details) {
        String collected = details.at("/facts/snapshot/collectedAt").asString("");
        return collected.isEmpty() ? run.finishedAt() : Instant.parse(collected);
    }

    private static List<Fact> facts(String prefix, JsonNode node, List<Fact> found) {
        node.properties().forEach(field -> {
            String name = prefix.isEmpty() ? field.getKey() : prefix + "." + field.getKey();
            if (field.getValue().isObject()) {
                facts(name, field.getValue(), found);
            } else {
                found.add(new Fact(
                        name,
                        field.getValue().isValueNode() ? field.getValue().asString("") : Json.write(field.getValue())));
            }
        });
        return found;
    }

    /** From the last passing run before it to the first passing run after it, newest first. */
    private List<CheckRun> around(Handle handle, Asset asset, FindingJson finding) {
        Instant from = Objects.requireNonNullElse(finding.lastGoodAt(), finding.firstBadAt());
        List<CheckRun> newest =
                RUNS.list(handle, new CheckRunDao.RunFilter(asset.id(), finding.check(), null, null), null, MOST_RUNS);
        Instant end = end(newest, finding);
        return newest.stream()
                .filter(run -> !run.finishedAt().isBefore(from))
                .filter(run -> end == null || !run.finishedAt().isAfter(end))
                .limit(SHOWN)
                .toList();
    }

    /** End of the run that closed it, which is later than what a snapshot showed; null while it is open. */
    private static @Nullable Instant end(List<CheckRun> newest, FindingJson finding) {
        Instant fixedAt = finding.fixedAt();
        if (fixedAt == null) {
            return null;
        }
        boolean reached = newest.size() < MOST_RUNS
                || !newest.get(MOST_RUNS - 1).finishedAt().isAfter(finding.detectedAt());
        return newest.stream()
                .filter(run -> reached && run.outcome() == Outcome.PASS)
                .map(CheckRun::finishedAt)
                .filter(at -> !at.isBefore(finding.detectedAt()))
                .min(Comparator.naturalOrder())
                .orElse(fixedAt);
    }
}
