package dev.ronde.check.run;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.EffectiveParams;
import dev.ronde.catalogue.Judgement;
import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.Said;
import dev.ronde.check.CheckRun;
import dev.ronde.check.WaiverLookup;
import dev.ronde.check.probe.Exchange;
import dev.ronde.check.schedule.Occurrences;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.Subject;
import dev.ronde.platform.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The evidence records of runs: everything needed to see what was looked at and to repeat the judgement. */
public final class RunRecords {
    public static final String NOT_RUN = "not-run";

    private static final String ENGINE = "cel/0.14.0";

    private RunRecords() {}

    /** A run on its way to being stored. */
    record Result(
            UUID id,
            Asset asset,
            CatalogueEntry entry,
            Instant dueAt,
            int attempts,
            Execution ran,
            Instant observedAt) {
        List<String> controls() {
            return entry.sound()
                    .map(check -> ran.params() == null
                            ? List.<String>of()
                            : ran.params().controls(check))
                    .orElse(List.of());
        }

        List<String> messages() {
            return ran.judgement().assertions().stream()
                    .filter(assertion -> assertion.result() == Outcome.FAIL)
                    .map(Judgement.AssertionResult::message)
                    .filter(Objects::nonNull)
                    .map(String::valueOf)
                    .toList();
        }

        CheckRun run(UUID recordId) {
            Judgement judgement = ran.judgement();
            return new CheckRun(
                    id,
                    asset.id(),
                    entry.id(),
                    entry.version(),
                    entry.sha256(),
                    judgement.outcome(),
                    judgement.reason(),
                    judgement.severity(),
                    judgement.incomplete(),
                    dueAt,
                    Occurrences.stored(ran.startedAt()),
                    Occurrences.stored(ran.finishedAt()),
                    freshUntil(),
                    ran.fingerprint(),
                    recordId);
        }

        private Instant freshUntil() {
            Instant fresh = ran.finishedAt().plus(entry.outline().schedule().freshFor());
            return Occurrences.stored(
                    overdueAt().filter(at -> at.isBefore(fresh)).orElse(fresh));
        }

        /** When a person's word behind this result expires; empty for a result that the word is overdue. */
        private Optional<Instant> overdueAt() {
            Instant statedAt = ran.seenAt();
            return statedAt == null || !ran.judgement().outcome().isDecided()
                    ? Optional.empty()
                    : entry.sound().map(check -> check.probe().frequency()).map(statedAt::plus);
        }
    }

    static Evidence result(Result result, List<WaiverLookup.Cover> covers) {
        Execution ran = result.ran();
        Judgement judgement = ran.judgement();
        return Evidence.of("check.result", Actor.SYSTEM, subject(result.entry()))
                .asset(result.asset().ref())
                .occurredAt(ran.finishedAt())
                .data("check", result.entry().reference())
                .data("run", result.id().toString())
                .data("due", result.dueAt())
                .data("startedAt", ran.startedAt())
                .data("finishedAt", ran.finishedAt())
                .data(
                        "observedAt",
                        ran.seenAt() != null && judgement.outcome().isDecided() ? result.observedAt() : null)
                .data("freshUntil", result.freshUntil())
                .data("attempt", result.attempts() + 1)
                .data("outcome", judgement.outcome().code())
                .data("reason", judgement.reason())
                .data("detail", judgement.detail())
                .data(
                        "said",
                        judgement.said().isEmpty()
                                ? null
                                : judgement.said().stream()
                                        .map(RunRecords::said)
                                        .toList())
                .data("severity", judgement.severity().code())
                .data("waiver", waiver(result, covers))
                .data("incomplete", judgement.incomplete() ? true : null)
                .data("vantage", ran.vantage())
                .data("target", ran.resolved())
                .data(
                        "exchanges",
                        ran.withTarget().isEmpty()
                                ? null
                                : ran.withTarget().stream()
                                        .map(RunRecords::exchange)
                                        .toList())
                .data("params", params(ran.params()))
                .data("facts", ran.kept().isEmpty() ? null : ran.kept())
                .data("assertions", assertions(judgement))
                .data("fingerprint", ran.fingerprint())
                .data("redactions", ran.redactions().isEmpty() ? null : ran.redactions())
                .data("engine", ENGINE)
                .data("collector", collector(result.entry()))
                .controls(result.controls());
    }

    private static @Nullable String waiver(Result result, List<WaiverLookup.Cover> covers) {
        String fingerprint = result.ran().fingerprint();
        return fingerprint == null
                ? null
                : covers.stream()
                        .filter(cover -> cover.covers(
                                result.entry().id(),
                                fingerprint,
                                result.ran().judgement().severity()))
                        .map(WaiverLookup.Cover::waiver)
                        .findFirst()
                        .orElse(null);
    }

    static Evidence missed(Asset asset, CatalogueEntry entry, Instant dueAt, Instant noticedAt) {
        return Evidence.of("run.missed", Actor.SYSTEM, subject(entry))
                .asset(asset.ref())
                .occurredAt(noticedAt)
                .data("check", entry.reference())
                .data("due", dueAt)
                .data("outcome", "missed")
                .data("reason", NOT_RUN)
                .data("severity", entry.outline().severity().code())
                .controls(entry.sound()
                        .map(check -> EffectiveParams.defaults(check).controls(check))
                        .orElse(List.of()));
    }

    private static Subject subject(CatalogueEntry entry) {
        return Subject.of("check", entry.id(), entry.version());
    }

    private static Map<String, Object> said(Said said) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("code", said.saying().code());
        map.put("arguments", said.arguments());
        return map;
    }

    private static Map<String, Object> exchange(Exchange exchange) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("what", exchange.what());
        map.put("outcome", exchange.outcome());
        if (exchange.status() != null) {
            map.put("status", exchange.status());
        }
        map.put("bytesOut", exchange.bytesOut());
        map.put("bytesRead", exchange.bytesRead());
        map.put("ms", exchange.millis());
        return map;
    }

    static @Nullable Object params(@Nullable EffectiveParams params) {
        if (params == null || params.values().isEmpty()) {
            return null;
        }
        Map<String, Object> shown = new LinkedHashMap<>();
        params.stored()
                .forEach((name, value) -> shown.put(
                        name,
                        Map.of(
                                "value",
                                value,
                                "origin",
                                Optional.ofNullable(params.origins().get(name)).orElse("default"))));
        return shown;
    }

    /** What a record would hold of a run that is not recorded, as far as it is told from. */
    public static JsonNode details(Execution ran) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("detail", ran.judgement().detail());
        data.put("said", ran.judgement().said().stream().map(RunRecords::said).toList());
        data.put("params", params(ran.params()));
        data.put("facts", ran.kept());
        data.put("assertions", assertions(ran.judgement()));
        data.values().removeIf(Objects::isNull);
        return Json.tree(Json.write(data));
    }

    private static @Nullable Object assertions(Judgement judgement) {
        if (judgement.assertions().isEmpty()) {
            return null;
        }
        return judgement.assertions().stream()
                .map(assertion -> {
                    Map<String, Object> map = new LinkedHashMap<>();
                    map.put("id", assertion.id());
                    map.put("result", assertion.result().code());
                    map.put("severity", assertion.severity().code());
                    if (assertion.message() != null) {
                        map.put("message", assertion.message());
                    }
                    if (!assertion.observed().isEmpty()) {
                        map.put("observed", assertion.observed());
                    }
                    return map;
                })
                .toList();
    }

    private static @Nullable Object collector(CatalogueEntry entry) {
        return entry.sound()
                .map(check -> {
                    Map<String, Object> collector = new LinkedHashMap<>();
                    collector.put("id", check.probe().type());
                    if (check.probe().source() != null) {
                        collector.put("source", check.probe().source());
                    }
                    if (check.probe().derive() != null) {
                        collector.put("deriver", check.probe().derive());
                    }
                    return collector;
                })
                .orElse(null);
    }
}
