package dev.ronde.check.page;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
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
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        router.get("/api/v1/checks", Access.READERS, this::list);
        router.get("/api/v1/checks/{id}", Access.READERS, this::show);
        router.get("/api/v1/assets/{ref}/protections", Access.READERS, this::protections);
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
}
