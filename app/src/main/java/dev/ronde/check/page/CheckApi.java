package dev.ronde.check.page;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.LoadProblem;
import dev.ronde.catalogue.Param;
import dev.ronde.catalogue.ProbeSpec;
import dev.ronde.check.CheckLookup;
import dev.ronde.check.CheckState;
import dev.ronde.check.protection.CheckFigures;
import dev.ronde.check.protection.Coverage;
import dev.ronde.check.protection.CoverageReader;
import dev.ronde.check.schedule.CheckSchedule;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.table.Table;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks and protections over HTTP ({@code contract.md}). */
public final class CheckApi implements Routes {
    private final Database database;
    private final InstantSource clock;
    private final Catalogue catalogue;
    private final CheckLookup lookup;
    private final CheckFigures figures;
    private final CoverageReader coverage;
    private final CheckSchedule schedule;

    public CheckApi(
            Database database,
            InstantSource clock,
            Catalogue catalogue,
            CheckLookup lookup,
            CheckFigures figures,
            CoverageReader coverage,
            CheckSchedule schedule) {
        this.database = database;
        this.clock = clock;
        this.catalogue = catalogue;
        this.lookup = lookup;
        this.figures = figures;
        this.coverage = coverage;
        this.schedule = schedule;
    }

    @Override
    public void register(Router router) {
        router.get("/api/v1/checks", Access.SCOPED, this::list);
        router.get("/api/v1/checks/{id}", Access.SCOPED, this::show);
        router.get("/api/v1/assets/{ref}/protections", Access.SCOPED, this::protections);
    }

    private void list(Context context) {
        Query query = Requests.query(context, "sort", "limit", "cursor");
        Map<String, Map<String, Long>> outcomes = figures.outcomes();
        List<Map<String, @Nullable Object>> all = Stream.concat(
                        catalogue.entries().stream(), catalogue.notUsed().stream())
                .sorted(Comparator.comparing(CatalogueEntry::id))
                .map(entry -> view(entry, outcomes))
                .toList();
        Requests.list(context, PageOf.whole(all, query));
    }

    private void show(Context context) {
        Requests.query(context);
        String id = context.pathParam("id");
        CatalogueEntry entry = catalogue.findNotUsed(id).orElseGet(() -> lookup.check(id));
        context.json(view(entry, figures.outcomes()));
    }

    private Map<String, @Nullable Object> view(CatalogueEntry entry, Map<String, Map<String, Long>> outcomes) {
        boolean used = catalogue.findNotUsed(entry.id()).isEmpty();
        String state = entry.sound().isPresent() ? "sound" : CheckState.DEFINITION_INVALID;
        return new CheckJson(
                        entry, used ? state : "not-used", used ? outcomes.getOrDefault(entry.id(), Map.of()) : Map.of())
                .json();
    }

    private void protections(Context context) {
        Requests.query(context);
        Principal principal = Requests.principal(context);
        Instant now = clock.instant();
        context.json(database.read(handle -> {
            Asset asset = lookup.asset(handle, context.pathParam("ref"), principal);
            Coverage found = coverage.of(handle, asset, now).next(schedule.dueOf(handle, asset.id()));
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("asset", asset.ref());
            body.put("kind", asset.kind());
            body.put("counts", found.counts());
            body.put("protections", found.protections());
            return body;
        }));
    }

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
                        check -> check.about()
                                .map(CheckDefinition.About::rationale)
                                .orElse(null))
                .with(
                        "remediation",
                        check -> check.about()
                                .map(CheckDefinition.About::remediation)
                                .orElse(null))
                .with(
                        "mappings",
                        check -> check.about().map(CheckJson::mappings).orElse(Map.of()))
                .with(
                        "verified_against",
                        check -> check.about()
                                .map(CheckDefinition.About::verified)
                                .orElse(List.of()))
                .with("schedule", check -> schedule(check.outline().schedule()))
                .with(
                        "probe",
                        check -> check.used().map(sound -> probe(sound.probe())).orElse(null))
                .with(
                        "params",
                        check -> check.used()
                                .map(sound -> params(sound.params()))
                                .orElse(Map.of()))
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
}
