package dev.ronde.check;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.Outcome;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.job.JobView;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Checks, their runs and coverage over HTTP ({@code contract.md}). */
final class CheckApi implements Routes {
    private final CheckRoom room;
    private final CheckDesk desk;

    CheckApi(CheckRoom room) {
        this.room = room;
        this.desk = new CheckDesk(room);
    }

    @Override
    public void register(Router router) {
        router.get("/api/v1/checks", Access.READERS, this::list);
        router.get("/api/v1/checks/{id}", Access.READERS, this::show);
        router.get("/api/v1/check-runs", Access.READERS, this::runs);
        router.post("/api/v1/check-runs", Access.READERS, this::start);
        router.get("/api/v1/check-runs/{id}", Access.READERS, this::run);
        router.get("/api/v1/check-runs/{id}/explanation", Access.READERS, this::explain);
        router.get("/api/v1/assets/{ref}/protections", Access.READERS, this::protections);
    }

    private void list(Context context) {
        Query query = Requests.query(context, "limit", "cursor");
        String after = query.cursor(1).map(cursor -> cursor.get(0)).orElse("");
        Map<String, Map<String, Long>> outcomes = desk.figures().outcomes();
        List<CatalogueEntry> all = Stream.concat(
                        room.catalogue().entries().stream(), room.catalogue().notUsed().stream())
                .sorted(Comparator.comparing(CatalogueEntry::id))
                .toList();
        List<CatalogueEntry> rest = all.stream()
                .filter(entry -> entry.id().compareTo(after) > 0)
                .limit(query.limit() + 1L)
                .toList();
        PageOf<CatalogueEntry> page = PageOf.of(rest, query.limit(), all.size(), entry -> Cursor.of(entry.id()));
        Requests.list(context, page.map(entry -> view(entry, outcomes)));
    }

    private void show(Context context) {
        Requests.query(context);
        String id = context.pathParam("id");
        CatalogueEntry entry = room.catalogue().findNotUsed(id).orElseGet(() -> desk.check(id));
        context.json(view(entry, desk.figures().outcomes()));
    }

    private CheckJson view(CatalogueEntry entry, Map<String, Map<String, Long>> outcomes) {
        return room.catalogue().findNotUsed(entry.id()).isPresent()
                ? CheckJson.notUsed(entry)
                : CheckJson.of(entry, outcomes.getOrDefault(entry.id(), Map.of()));
    }

    private void runs(Context context) {
        Query query = Requests.query(context, "asset", "check", "outcome", "limit", "cursor");
        Principal principal = Requests.principal(context);
        int limit = query.limit();
        UUID before = query.cursor(1).map(cursor -> cursor.uuid(0)).orElse(null);
        PageOf<RunJson> page = room.database().read(handle -> {
            UUID asset =
                    query.text("asset").map(ref -> desk.filtered(handle, ref)).orElse(null);
            RunFilter filter = new RunFilter(
                    asset,
                    query.text("check").orElse(null),
                    query.oneOf("outcome", Outcome.class).orElse(null),
                    principal.confinedTo());
            List<CheckRun> rows = room.runs().list(handle, filter, before, limit + 1);
            long count = room.runs().count(handle, filter);
            PageOf<CheckRun> found = PageOf.of(rows, limit, count, run -> Cursor.of(run.id()));
            List<RunJson> items = desk.views(handle, found.items());
            return new PageOf<>(items, found.nextCursor(), count, count < CheckRuns.counted());
        });
        Requests.list(context, page);
    }

    private void start(Context context) {
        RunJob.Params wanted = Requests.body(context, Wanted.class).params();
        UUID job = desk.start(wanted, Requests.principal(context));
        context.status(HttpStatus.ACCEPTED)
                .header("Location", "/api/v1/jobs/" + job)
                .json(JobView.of(room.jobs().get(job)));
    }

    private void run(Context context) {
        Requests.query(context);
        context.json(room.database().read(handle -> {
            CheckRun run = visible(handle, context);
            return desk.views(handle, List.of(run)).get(0);
        }));
    }

    private void explain(Context context) {
        Requests.query(context);
        context.json(room.database().read(handle -> {
            CheckRun run = visible(handle, context);
            Asset asset = room.assets().byId(handle, run.assetId());
            return room.explainer().explain(run, asset, room.runs().details(handle, run));
        }));
    }

    private CheckRun visible(Handle handle, Context context) {
        CheckRun run = room.runs().get(handle, uuid(context.pathParam("id")));
        desk.requireVisible(room.assets().byId(handle, run.assetId()), Requests.principal(context));
        return run;
    }

    private void protections(Context context) {
        Requests.query(context);
        Principal principal = Requests.principal(context);
        Instant now = room.clock().instant();
        context.json(room.database().read(handle -> {
            Asset asset = desk.asset(handle, context.pathParam("ref"), principal);
            Coverage coverage =
                    room.coverage().of(handle, asset, now).next(room.schedule().dueOf(handle, asset.id()));
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("asset", asset.ref());
            body.put("kind", asset.kind());
            body.put("counts", coverage.counts());
            body.put("protections", coverage.protections());
            return body;
        }));
    }

    /** The body that asks for runs: one asset or all, one check or all. */
    record Wanted(@Nullable String asset, @Nullable String check) {
        RunJob.Params params() {
            return new RunJob.Params(asset, check);
        }
    }

    static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound("check run", text);
        }
    }
}
