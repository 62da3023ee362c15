package dev.ronde.check.page;

import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.LoadProblem;
import dev.ronde.catalogue.Param;
import dev.ronde.catalogue.ProbeSpec;
import dev.ronde.catalogue.Severity;
import dev.ronde.check.CheckState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A check of the catalogue as the API shows it; a broken one has problems and no definition. */
public record CheckJson(
        String id,
        int version,
        String sha256,
        String title,
        @Nullable String protection,
        Severity severity,
        List<String> kinds,
        @Nullable String product,
        String origin,
        String state,
        List<String> problems,
        @Nullable String rationale,
        CheckDefinition.@Nullable Remediation remediation,
        Map<String, List<String>> mappings,
        List<String> verifiedAgainst,
        ScheduleJson schedule,
        @Nullable ProbeJson probe,
        Map<String, ParamJson> params,
        Map<String, Long> outcomes,
        String text) {
    /** Cadence, as ISO 8601 durations. */
    public record ScheduleJson(@Nullable String every, boolean onChange, String freshFor) {}

    public record ProbeJson(
            String type,
            String vantage,
            String safety,
            @Nullable String source,
            @Nullable String frequency) {}

    public record ParamJson(String type, Object standard) {}

    /** A packaged check that this installation does not use; its only problem says why. */
    static CheckJson notUsed(CatalogueEntry entry) {
        return of(entry, "not-used", Map.of());
    }

    static CheckJson of(CatalogueEntry entry, Map<String, Long> outcomes) {
        return of(entry, entry.sound().isPresent() ? "sound" : CheckState.DEFINITION_INVALID, outcomes);
    }

    private static CheckJson of(CatalogueEntry entry, String state, Map<String, Long> outcomes) {
        CheckDefinition check = entry.definition();
        CheckDefinition.Outline outline = entry.outline();
        return new CheckJson(
                entry.id(),
                entry.version(),
                entry.sha256(),
                outline.title(),
                outline.protection(),
                outline.severity(),
                outline.kinds(),
                outline.product(),
                entry.operators() ? "operator" : "packaged",
                state,
                entry.problems().stream().map(LoadProblem::toString).toList(),
                check == null ? null : check.about().rationale(),
                check == null ? null : check.about().remediation(),
                check == null ? Map.of() : mappings(check),
                check == null ? List.of() : check.about().verified(),
                schedule(outline.schedule()),
                check == null ? null : probe(check.probe()),
                check == null ? Map.of() : params(check.params()),
                outcomes,
                entry.text());
    }

    private static ScheduleJson schedule(CheckDefinition.Schedule schedule) {
        Duration every = schedule.every();
        return new ScheduleJson(
                every == null ? null : every.toString(),
                schedule.onChange(),
                schedule.freshFor().toString());
    }

    private static ProbeJson probe(ProbeSpec probe) {
        Duration frequency = probe.frequency();
        return new ProbeJson(
                probe.type(),
                probe.vantage().name().toLowerCase(Locale.ROOT),
                probe.passive() ? "passive" : "read-only",
                probe.source(),
                frequency == null ? null : frequency.toString());
    }

    private static Map<String, List<String>> mappings(CheckDefinition check) {
        Map<String, List<String>> mappings = new LinkedHashMap<>();
        check.about()
                .mappings()
                .forEach(mapping -> mappings.computeIfAbsent(mapping.framework(), framework -> new ArrayList<>())
                        .add(mapping.control()));
        return mappings;
    }

    private static Map<String, ParamJson> params(Map<String, Param> params) {
        Map<String, ParamJson> shown = new LinkedHashMap<>();
        params.forEach((name, param) -> shown.put(
                name,
                new ParamJson(
                        param.type().word(),
                        param.standard() instanceof Duration span ? span.toString() : param.standard())));
        return shown;
    }
}
