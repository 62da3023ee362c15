package dev.ronde.check.page;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.check.CheckRun;
import dev.ronde.check.CheckRuns;
import dev.ronde.check.RunFilter;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Download;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/**
 * Results as OCSF events for programs that gather security events, one a line, oldest first. Each page is read by itself: however many
 * there are and however slowly somebody takes them, neither memory nor a connection of the database is held for them.
 */
public final class OcsfApi implements Routes {
    private static final int PAGE = 500;
    private static final UUID FIRST = new UUID(0, 0);

    /** How many requests run at once, and when to try again if that many are running. */
    private static final int TAKEN = 8;

    private static final Duration LATER = Duration.ofSeconds(30);

    private final Semaphore taking = new Semaphore(TAKEN);
    private final Database database;
    private final InstantSource clock;
    private final RunViews views;
    private final OcsfEvent events;
    private final CheckRuns runs = new CheckRuns();

    public OcsfApi(Database database, InstantSource clock, RunViews views, OcsfEvent events) {
        this.database = database;
        this.clock = clock;
        this.views = views;
        this.events = events;
    }

    @Override
    public void register(Router router) {
        router.get("/api/v1/check-runs.ocsf", Access.READERS, this::send);
    }

    /** {@code from} is inclusive, {@code to} exclusive. */
    private record Wanted(RunFilter filter, Instant from, Instant to) {}

    private void send(Context context) {
        Query query = Requests.query(context, "from", "to", "asset", "check", "outcome");
        Wanted wanted = database.read(handle -> wanted(handle, query, Requests.principal(context)));
        if (!taking.tryAcquire()) {
            throw Problem.tooMany(LATER);
        }
        try {
            Download.send(context, "application/x-ndjson", "check-runs.ocsf.ndjson", out -> write(wanted, out));
        } finally {
            taking.release();
        }
    }

    private Wanted wanted(Handle handle, Query query, Principal principal) {
        // what ends while it is taken is for the next time, or it would never be over
        Instant justNow = clock.instant().plusMillis(1);
        return new Wanted(
                views.filter(handle, query, principal),
                query.instant("from").orElse(Instant.EPOCH),
                query.instant("to").orElse(justNow));
    }

    private void write(Wanted wanted, Writer out) throws IOException {
        Instant from = wanted.from();
        UUID after = FIRST;
        List<CheckRun> page;
        do {
            RunFilter.Stretch rest = new RunFilter.Stretch(from, after, wanted.to());
            page = database.read(handle -> runs.ended(handle, wanted.filter(), rest, PAGE));
            for (Map<String, Object> event : told(page)) {
                out.write(Json.write(event));
                out.write('\n');
            }
            if (!page.isEmpty()) {
                CheckRun last = page.get(page.size() - 1);
                from = last.finishedAt();
                after = last.id();
            }
        } while (page.size() == PAGE);
    }

    private List<Map<String, Object>> told(List<CheckRun> page) {
        return database.read(handle -> {
            Map<UUID, Asset> assets = views.assets(handle, page);
            Predicate<CheckRun> waived = views.waived(handle, page);
            Map<UUID, JsonNode> details = runs.withoutFacts(handle, page);
            return page.stream()
                    .map(run -> events.of(
                            run,
                            Objects.requireNonNull(assets.get(run.assetId())),
                            details.getOrDefault(run.id(), Json.tree("{}")),
                            waived.test(run)))
                    .toList();
        });
    }
}
