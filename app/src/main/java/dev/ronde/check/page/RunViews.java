package dev.ronde.check.page;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.catalogue.Outcome;
import dev.ronde.check.CheckLookup;
import dev.ronde.check.CheckRun;
import dev.ronde.check.CheckRunDao.RunFilter;
import dev.ronde.check.CheckRuns;
import dev.ronde.check.WaiverLookup;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.table.Table;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Runs as API and pages show them to whoever asks. */
public final class RunViews {
    static final String[] PARAMETERS = {"asset", "check", "outcome", "sort", "limit", "cursor"};

    private final Database database;
    private final InstantSource clock;
    private final Assets assets;
    private final CheckLookup lookup;
    private final WaiverLookup waivers;
    private final CheckRuns runs = new CheckRuns();

    public RunViews(Database database, InstantSource clock, Assets assets, CheckLookup lookup, WaiverLookup waivers) {
        this.database = database;
        this.clock = clock;
        this.assets = assets;
        this.lookup = lookup;
        this.waivers = waivers;
    }

    RunFilter filter(Handle handle, Query query, Principal principal) {
        return new RunFilter(
                query.text("asset").map(ref -> lookup.filterId(handle, ref)).orElse(null),
                query.text("check").orElse(null),
                query.oneOf("outcome", Outcome.class).orElse(null),
                principal.confinedTo());
    }

    PageOf<Map<String, @Nullable Object>> list(Query query, Principal principal) {
        int limit = query.limit();
        UUID before = query.cursor(1).map(cursor -> cursor.uuid(0)).orElse(null);
        return database.read(handle -> {
            RunFilter filter = filter(handle, query, principal);
            long count = runs.count(handle, filter);
            List<CheckRun> rows = runs.list(handle, filter, before, limit + 1);
            return PageOf.counted(rows, limit, count, CheckRuns.COUNTED, run -> Cursor.of(run.id()))
                    .together(found -> of(handle, found));
        });
    }

    private List<Map<String, @Nullable Object>> of(Handle handle, List<CheckRun> some) {
        Instant now = clock.instant();
        Map<UUID, Asset> found = assets(handle, some);
        Predicate<CheckRun> waived = waived(handle, some);
        Map<UUID, JsonNode> details = runs.details(handle, some);
        return some.stream()
                .map(run -> new RunJson(
                                run,
                                Optional.ofNullable(found.get(run.assetId()))
                                        .map(Asset::ref)
                                        .orElse(""),
                                Optional.ofNullable(details.get(run.id())).orElseThrow(),
                                waived.test(run),
                                now)
                        .json())
                .toList();
    }

    Map<UUID, Asset> assets(Handle handle, Collection<CheckRun> some) {
        return some.isEmpty() ? Map.of() : assets.byIds(handle, ids(some));
    }

    /** A run is waived if it failed on the very facts that are accepted now. */
    Predicate<CheckRun> waived(Handle handle, Collection<CheckRun> some) {
        Map<UUID, Map<String, String>> accepted =
                some.isEmpty() ? Map.of() : waivers.waived(handle, ids(some), clock.instant());
        return run -> run.fingerprint() != null
                && run.fingerprint()
                        .equals(accepted.getOrDefault(run.assetId(), Map.of()).get(run.checkId()));
    }

    private static Set<UUID> ids(Collection<CheckRun> some) {
        return some.stream().map(CheckRun::assetId).collect(Collectors.toSet());
    }

    record View(CheckRun run, Asset asset, JsonNode details, Map<String, @Nullable Object> json) {}

    /** Throws {@link dev.ronde.platform.problem.Problem} 404 if there is no run that the principal may see. */
    View get(Handle handle, String id, Principal principal) {
        CheckRun run = runs.get(handle, PathIds.of("check run", id));
        Asset asset = lookup.asset(handle, run.assetId(), principal);
        return new View(
                run, asset, runs.details(handle, run), of(handle, List.of(run)).get(0));
    }

    record RunJson(CheckRun run, String asset, JsonNode details, boolean waived, Instant now) {
        private static final Table<RunJson> JSON = Table.<RunJson>empty()
                .with("id", shown -> shown.run.id())
                .with("asset", RunJson::asset)
                .with("check", shown -> shown.run.checkId())
                .with("check_version", shown -> shown.run.checkVersion())
                .with("check_sha256", shown -> shown.run.checkSha256())
                .with("outcome", shown -> shown.run.outcome())
                .with("reason", shown -> shown.run.reason())
                .with("detail", shown -> text(shown.details, "detail"))
                .with("severity", shown -> shown.run.severity())
                .with("incomplete", shown -> shown.run.incomplete())
                .with("due_at", shown -> shown.run.dueAt())
                .with("started_at", shown -> shown.run.startedAt())
                .with("finished_at", shown -> shown.run.finishedAt())
                .with("fresh_until", shown -> shown.run.freshUntil())
                .with("stale", shown -> shown.run.staleAt(shown.now))
                .with("waived", RunJson::waived)
                .with("fingerprint", shown -> shown.run.fingerprint())
                .with("assertions", shown -> assertions(shown.details))
                .with("facts", shown -> shown.details.has("facts") ? shown.details.path("facts") : Map.of())
                .with("record", shown -> shown.run.recordId());

        public record AssertionJson(
                String id,
                String result,
                String severity,
                @Nullable String message,
                @Nullable JsonNode observed) {}

        Map<String, @Nullable Object> json() {
            return JSON.json(this);
        }

        private static @Nullable String text(JsonNode node, String name) {
            return node.has(name) ? node.path(name).asString() : null;
        }

        private static List<AssertionJson> assertions(JsonNode details) {
            return details.path("assertions")
                    .valueStream()
                    .map(node -> new AssertionJson(
                            node.path("id").asString(""),
                            node.path("result").asString(""),
                            node.path("severity").asString(""),
                            text(node, "message"),
                            node.get("observed")))
                    .toList();
        }
    }
}
