package dev.ronde.asset.snapshot;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.AssetAccess;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.asset.inventory.TokenAssets;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.Intake;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots over HTTP ({@code contract.md}): agents push, people read and compare.
 *
 * @param judges the checks of an asset that read a source
 */
public record SnapshotApi(
        Database database,
        Assets assets,
        Snapshots snapshots,
        PushQuota quota,
        BiFunction<Asset, String, List<String>> judges)
        implements Routes {

    @Override
    public void register(Router router) {
        Access pushers = Access.of(Role.AGENT, Role.ADMIN, Role.COMPLIANCE);
        router.put("/api/v1/assets/{ref}/snapshots/{source}", pushers, Intake.of(Snapshots.MAX_BYTES), this::push);
        router.get("/api/v1/assets/{ref}/snapshots/{source}", Access.SCOPED, this::latest);
        router.get("/api/v1/assets/{ref}/snapshots", Access.SCOPED, this::list);
        router.get("/api/v1/assets/{ref}/diff", Access.SCOPED, this::diff);
    }

    private static Map<String, @Nullable Object> json(Snapshot.Row snapshot) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", snapshot.id());
        json.put("source", snapshot.source());
        json.put("digest", snapshot.digest());
        json.put("canon_version", snapshot.canonVersion());
        json.put("collected_at", snapshot.collectedAt());
        json.put("received_at", snapshot.receivedAt());
        json.put("last_seen_at", snapshot.lastSeenAt());
        return json;
    }

    private Map<String, @Nullable Object> json(Refusal refusal) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("source", refusal.source());
        json.put("refused_since", refusal.firstAt());
        json.put("refused_at", refusal.lastAt());
        json.put("times", refusal.times());
        json.put("collected_at", refusal.collectedAt());
        json.put("by", assets.actorName(refusal.actorRef()));
        json.put("code", refusal.code());
        json.put("pointer", refusal.place());
        json.put("reason", refusal.reason());
        return json;
    }

    private void push(Context context) {
        String type = context.contentType();
        if (type != null && !type.contains("json")) {
            throw Problem.of(415, "unsupported_media_type", "The body is " + type + ": send application/json.");
        }
        try {
            answer(context, taken(context));
        } catch (Problem refused) {
            remember(context, refused);
            throw refused;
        }
    }

    private static PushHeaders headers(Context context) {
        return PushHeaders.read(context.header("Ronde-Sequence"), context.header("Ronde-Collected-At"));
    }

    /** Without any check that reads it, the source may be a mistake of the sender. */
    private record Taken(Snapshots.Pushed pushed, List<String> judgedBy) {}

    private Taken taken(Context context) {
        PushHeaders headers = headers(context);
        Principal principal = Requests.principal(context);
        String ref = context.pathParam("ref");
        String source = context.pathParam("source");
        Asset known = database.read(handle -> TokenAssets.pushable(handle, assets, principal, ref));
        byte[] body = Requests.bytes(context, Snapshots.MAX_BYTES);
        quota.received(principal, known, body.length);
        Document document = quota.reading(body.length, () -> snapshots.read(database, source, body));
        if (database.read(handle -> snapshots.isNews(handle, known.id(), document))) {
            quota.stored(principal, known, document.text().length());
        }
        return database.inTransaction(tx -> {
            Asset asset = TokenAssets.pushable(tx, assets, principal, ref);
            Snapshots.Pushed pushed = snapshots.push(tx, asset, document, headers, Actor.of(principal));
            return new Taken(pushed, judges.apply(asset, source));
        });
    }

    /** Remembers a refused document if the sender may push for the asset and the headers can be read. */
    private void remember(Context context, Problem refused) {
        if (Unreadable.of(refused).isEmpty()) {
            return;
        }
        Principal principal = Requests.principal(context);
        try {
            PushHeaders headers = headers(context);
            database.useTransaction(tx -> snapshots.refused(
                    tx,
                    TokenAssets.pushable(tx, assets, principal, context.pathParam("ref")),
                    context.pathParam("source"),
                    headers,
                    refused,
                    Actor.of(principal)));
        } catch (Problem other) {
            if (other.status() != 404 && other.status() != 400) {
                throw other;
            }
        }
    }

    private static void answer(Context context, Taken taken) {
        Snapshots.Pushed pushed = taken.pushed();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", pushed.snapshot().id());
        answer.put("source", pushed.snapshot().source());
        answer.put("digest", pushed.snapshot().digest());
        answer.put("changed", pushed.changed());
        answer.put("collected_at", pushed.snapshot().collectedAt());
        answer.put("last_seen_at", pushed.snapshot().lastSeenAt());
        answer.put("dropped", pushed.dropped());
        answer.put("judged_by", taken.judgedBy());
        context.status(pushed.changed() ? 201 : 200).json(answer);
    }

    private Asset visible(Handle handle, Context context) {
        return AssetAccess.visible(handle, assets, Requests.principal(context), context.pathParam("ref"));
    }

    private void latest(Context context) {
        String source = context.pathParam("source");
        context.json(database.read(handle -> {
            UUID assetId = visible(handle, context).id();
            Snapshot snapshot = snapshots
                    .latest(handle, assetId, source)
                    .orElseThrow(() -> Problem.notFound("snapshot of this asset from", source));
            Map<String, @Nullable Object> json = json(snapshot.row());
            json.put("content", snapshot.content());
            json.put(
                    "refused",
                    snapshots
                            .refusals()
                            .open(handle, assetId, source)
                            .map(this::json)
                            .orElse(null));
            return json;
        }));
    }

    private void list(Context context) {
        Query query = Requests.query(context, "source", "sort", "limit", "cursor");
        String source = query.text("source").orElse(null);
        database.read(handle -> {
            UUID assetId = visible(handle, context).id();
            PageOf<Map<String, @Nullable Object>> page = PageOf.listed(query, asked -> {
                UUID before = asked.cursor(1).map(cursor -> cursor.uuid(0)).orElse(null);
                List<Snapshot.Row> rows = snapshots.list(handle, assetId, source, before, asked.limit() + 1);
                long count = snapshots.count(handle, assetId, source);
                return PageOf.of(rows, asked.limit(), count, snapshot -> Cursor.of(snapshot.id()))
                        .map(SnapshotApi::json);
            });
            List<Map<String, @Nullable Object>> refused = snapshots.refusals().open(handle, assetId).stream()
                    .filter(refusal -> source == null || source.equals(refusal.source()))
                    .map(this::json)
                    .toList();
            Requests.list(context, page, Map.of("refused", refused));
            return page;
        });
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
