package dev.ronde.asset.snapshot;

import dev.ronde.asset.Asset;
import dev.ronde.asset.AssetAccess;
import dev.ronde.asset.Assets;
import dev.ronde.asset.TokenAssets;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Snapshots over HTTP ({@code contract.md}): agents push, people read and compare. */
public final class SnapshotApi implements Routes {
    private final Database database;
    private final Assets assets;
    private final Snapshots snapshots;

    public SnapshotApi(Database database, Assets assets, Snapshots snapshots) {
        this.database = database;
        this.assets = assets;
        this.snapshots = snapshots;
    }

    @Override
    public void register(Router router) {
        Access pushers = Access.of(Role.AGENT, Role.ADMIN, Role.COMPLIANCE);
        router.put("/api/v1/assets/{ref}/snapshots/{source}", pushers, this::push);
        router.get("/api/v1/assets/{ref}/snapshots/{source}", Access.READERS, this::latest);
        router.get("/api/v1/assets/{ref}/snapshots", Access.READERS, this::list);
        router.get("/api/v1/assets/{ref}/diff", Access.READERS, this::diff);
    }

    /** A snapshot without its content, as lists show it. */
    record Item(
            UUID id,
            String source,
            String digest,
            int canonVersion,
            Instant collectedAt,
            Instant receivedAt,
            Instant lastSeenAt) {
        static Item of(Snapshot snapshot) {
            return new Item(
                    snapshot.id(),
                    snapshot.source(),
                    snapshot.digest(),
                    snapshot.canonVersion(),
                    snapshot.collectedAt(),
                    snapshot.receivedAt(),
                    snapshot.lastSeenAt());
        }
    }

    /** The newest snapshot of a source with its content. */
    record Whole(
            UUID id,
            String source,
            String digest,
            int canonVersion,
            Instant collectedAt,
            Instant receivedAt,
            Instant lastSeenAt,
            JsonNode content) {}

    private void push(Context context) {
        String type = context.contentType();
        if (type != null && !type.contains("json")) {
            throw Problem.of(415, "unsupported_media_type", "The body is " + type + ": send application/json.");
        }
        byte[] body = Requests.bytes(context, Snapshots.MAX_BYTES);
        PushHeaders headers = PushHeaders.read(context.header("Ronde-Sequence"), context.header("Ronde-Collected-At"));
        Principal principal = Requests.principal(context);
        Pushed pushed = database.inTransaction(tx -> snapshots.push(
                tx,
                TokenAssets.pushable(tx, assets, principal, context.pathParam("ref")),
                context.pathParam("source"),
                body,
                headers,
                Actor.of(principal)));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", pushed.snapshot().id());
        answer.put("source", pushed.snapshot().source());
        answer.put("digest", pushed.snapshot().digest());
        answer.put("changed", pushed.changed());
        answer.put("collected_at", pushed.snapshot().collectedAt());
        answer.put("last_seen_at", pushed.snapshot().lastSeenAt());
        answer.put("dropped", pushed.dropped());
        context.status(pushed.changed() ? 201 : 200).json(answer);
    }

    private Asset visible(Handle handle, Context context) {
        return AssetAccess.visible(handle, assets, Requests.principal(context), context.pathParam("ref"));
    }

    private void latest(Context context) {
        String source = context.pathParam("source");
        Snapshot snapshot = database.read(handle -> snapshots
                .latest(handle, visible(handle, context).id(), source)
                .orElseThrow(() -> Problem.notFound("snapshot of this asset from", source)));
        context.json(new Whole(
                snapshot.id(),
                snapshot.source(),
                snapshot.digest(),
                snapshot.canonVersion(),
                snapshot.collectedAt(),
                snapshot.receivedAt(),
                snapshot.lastSeenAt(),
                snapshot.content()));
    }

    private void list(Context context) {
        Query query = Requests.query(context, "source", "limit", "cursor");
        String source = query.text("source").orElse(null);
        int limit = query.limit();
        UUID before = query.cursor(1).map(cursor -> cursor.uuid(0)).orElse(null);
        Requests.list(context, database.read(handle -> {
            UUID assetId = visible(handle, context).id();
            List<Snapshot> rows = snapshots.list(handle, assetId, source, before, limit + 1);
            long count = snapshots.count(handle, assetId, source);
            return PageOf.of(rows, limit, count, snapshot -> Cursor.of(snapshot.id()))
                    .map(Item::of);
        }));
    }

    private void diff(Context context) {
        Query query = Requests.query(context, "from", "to");
        context.json(database.read(handle -> {
            UUID assetId = visible(handle, context).id();
            Compared compared = Compared.of(
                    snapshots,
                    handle,
                    assetId,
                    query.text("from").orElse(null),
                    query.text("to").orElse(null));
            Map<String, @Nullable Object> answer = new LinkedHashMap<>();
            answer.put("from", compared.fromDigest());
            answer.put("to", compared.toDigest());
            answer.put("changes", compared.changes(snapshots, handle, java.util.Locale.ENGLISH));
            return answer;
        }));
    }
}
