package dev.ronde.check.page;

import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.LoadProblem;
import dev.ronde.catalogue.Param;
import dev.ronde.catalogue.ProbeSpec;
import dev.ronde.platform.table.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A check of the catalogue as the API shows it.
 *
 * @param state sound, broken, which has problems and no definition, or not-used: a packaged one, whose only problem says why
 * @param outcomes how many assets have which
 */
record CheckJson(CatalogueEntry entry, String state, Map<String, Long> outcomes) {
    private static final Table<CheckJson> JSON = Table.<CheckJson>empty()
            .with("id", check -> check.entry.id())
            .with("version", check -> check.entry.version())
            .with("sha256", check -> check.entry.sha256())
            .with("title", check -> check.outline().title())
            .with("protection", check -> check.outline().protection())
            .with("severity", check -> check.outline().severity())
            .with("kinds", check -> check.outline().kinds())
            .with("product", check -> check.outline().product())
            .with("origin", check -> check.entry.operators() ? "operator" : "packaged")
            .with("state", CheckJson::state)
            .with(
                    "problems",
                    check -> check.entry.problems().stream()
                            .map(LoadProblem::toString)
                            .toList())
            .with(
                    "rationale",
                    check -> check.about().map(CheckDefinition.About::rationale).orElse(null))
            .with(
                    "remediation",
                    check -> check.about()
                            .map(CheckDefinition.About::remediation)
                            .orElse(null))
            .with("mappings", check -> check.about().map(CheckJson::mappings).orElse(Map.of()))
            .with(
                    "verified_against",
                    check -> check.about().map(CheckDefinition.About::verified).orElse(List.of()))
            .with("schedule", check -> schedule(check.outline().schedule()))
            .with(
                    "probe",
                    check -> check.used().map(sound -> probe(sound.probe())).orElse(null))
            .with(
                    "params",
                    check -> check.used().map(sound -> params(sound.params())).orElse(Map.of()))
            .with("outcomes", CheckJson::outcomes)
            .with("text", check -> check.entry.text());

    /** Cadence, as ISO 8601 durations. */
    private record ScheduleJson(@Nullable String every, boolean onChange, String freshFor) {}

    private record ProbeJson(
            String type,
            String vantage,
            String safety,
            @Nullable String source,
            @Nullable String frequency) {}

    private record ParamJson(String type, Object standard) {}

    Map<String, @Nullable Object> json() {
        return JSON.json(this);
    }

    private CheckDefinition.Outline outline() {
        return entry.outline();
    }

    private Optional<CheckDefinition> used() {
        return entry.sound();
    }

    private Optional<CheckDefinition.About> about() {
        return used().map(CheckDefinition::about);
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

    private static Map<String, List<String>> mappings(CheckDefinition.About about) {
        Map<String, List<String>> mappings = new LinkedHashMap<>();
        about.mappings()
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
