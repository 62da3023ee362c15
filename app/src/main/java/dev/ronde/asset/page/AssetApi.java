package dev.ronde.asset.page;

import dev.ronde.asset.field.AssetFacts;
import dev.ronde.asset.file.AssetImport;
import dev.ronde.asset.file.CellError;
import dev.ronde.asset.file.ImportResult;
import dev.ronde.asset.file.OnConflict;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.AssetAccess;
import dev.ronde.asset.inventory.AssetConversion;
import dev.ronde.asset.inventory.AssetFilter;
import dev.ronde.asset.inventory.AssetOrder;
import dev.ronde.asset.inventory.AssetParameters;
import dev.ronde.asset.inventory.AssetPeople;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.asset.timeline.Timeline;
import dev.ronde.asset.timeline.TimelineEntry;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.Intake;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.table.Table;
import dev.ronde.platform.time.IsoDates;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The inventory over HTTP ({@code contract.md}). */
public record AssetApi(
        Database database, Assets assets, AssetImport imports, Timeline timeline, Messages messages, AssetReader reader)
        implements Routes {
    private static final int MAX_BODY = 200_000;
    private static final Instant FAR_AHEAD = Instant.parse("9999-01-01T00:00:00Z");
    private static final int MOST_ERRORS = 10_000;

    @Override
    public void register(Router router) {
        router.get("/api/v1/assets", Access.SCOPED, this::list);
        router.post("/api/v1/assets", Access.LEADS, this::create);
        router.post("/api/v1/assets/import", Access.LEADS, Intake.of(AssetImport.MAX_BYTES), this::importCsv);
        router.get("/api/v1/assets/{ref}", Access.SCOPED, this::show);
        router.put("/api/v1/assets/{ref}", Access.LEADS, context -> change(context, this::replace));
        router.patch("/api/v1/assets/{ref}", Access.LEADS, context -> change(context, reader::merged));
        router.delete("/api/v1/assets/{ref}", Access.LEADS, this::retire);
        router.post("/api/v1/assets/{ref}/restore", Access.LEADS, this::restore);
        router.get("/api/v1/assets/{ref}/timeline", Access.SCOPED, this::timeline);
    }

    private void list(Context context) {
        Query query = Requests.query(context, AssetParameters.and("sort", "limit", "cursor"));
        AssetFilter filter = AssetParameters.filter(query, Requests.principal(context));
        Requests.list(
                context,
                query,
                asked -> database.read(handle -> {
                    String after = asked.cursor(1)
                            .map(cursor -> cursor.uuid(0).toString())
                            .orElse(null);
                    PageOf<Asset> found = assets.page(handle, filter, AssetOrder.NEWEST, after, asked.limit());
                    AssetPeople people = AssetPeople.of(handle, found.items()).shownTo(Requests.principal(context));
                    return found.map(asset -> json(asset, people));
                }));
    }

    private void create(Context context) {
        Actor by = Actor.of(Requests.principal(context));
        AssetFacts facts = reader.whole(Requests.tree(context, MAX_BODY));
        Asset asset = database.inTransaction(tx -> {
            refuseBreaches(tx, null, facts);
            return assets.create(tx, facts, by);
        });
        context.status(201).header("Location", "/api/v1/assets/" + asset.ref());
        answer(context, asset);
    }

    private void show(Context context) {
        answer(context, database.read(handle -> visible(handle, context)));
    }

    private Asset visible(Handle handle, Context context) {
        return AssetAccess.visible(handle, assets, Requests.principal(context), context.pathParam("ref"));
    }

    private void change(Context context, BiFunction<AssetFacts, JsonNode, AssetFacts> change) {
        Actor by = Actor.of(Requests.principal(context));
        JsonNode body = Requests.tree(context, MAX_BODY);
        Asset after = database.inTransaction(tx -> {
            Asset before = visible(tx, context);
            Requests.requireMatch(context, before.version());
            AssetFacts facts = change.apply(assets.facts(tx, before), body);
            refuseBreaches(tx, before, facts);
            return assets.update(tx, before, facts, by);
        });
        answer(context, after);
    }

    private void refuseBreaches(Handle tx, @Nullable Asset before, AssetFacts facts) {
        List<FieldError> errors = reader.breaches(tx, before, facts, Locale.ENGLISH);
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    private AssetFacts replace(AssetFacts present, JsonNode body) {
        JsonNode whole = body.has("ref") || !(body instanceof tools.jackson.databind.node.ObjectNode object)
                ? body
                : object.deepCopy().put("ref", present.ref());
        return reader.whole(whole);
    }

    private void retire(Context context) {
        Actor by = Actor.of(Requests.principal(context));
        answer(context, database.inTransaction(tx -> {
            Asset before = visible(tx, context);
            Requests.requireMatch(context, before.version());
            return assets.retire(tx, before, by);
        }));
    }

    private void restore(Context context) {
        Actor by = Actor.of(Requests.principal(context));
        answer(context, database.inTransaction(tx -> assets.restore(tx, visible(tx, context), by)));
    }

    private void answer(Context context, Asset asset) {
        AssetPeople people =
                database.read(handle -> AssetPeople.of(handle, List.of(asset))).shownTo(Requests.principal(context));
        Requests.etag(context, asset.version());
        context.json(json(asset, people));
    }

    private static Map<String, @Nullable Object> json(Asset asset, AssetPeople people) {
        Map<String, @Nullable Object> json = AssetConversion.json(asset, people);
        json.put("created_at", asset.createdAt());
        json.put("updated_at", asset.updatedAt());
        json.put("retired_at", asset.retiredAt());
        json.put("version", asset.version());
        return json;
    }

    private void timeline(Context context) {
        Query query = Requests.query(context, "limit", "cursor");
        int limit = query.limit();
        Optional<Cursor> cursor = query.cursor(2);
        Instant at = cursor.map(place -> instant(place.get(0))).orElse(FAR_AHEAD);
        String afterId = cursor.map(place -> place.get(1)).orElse("");
        PageOf<Map<String, @Nullable Object>> page = database.read(handle -> {
            Asset asset = visible(handle, context);
            List<TimelineEntry> entries = timeline.list(handle, asset, at, afterId, limit + 1);
            return new PageOf<>(
                    entries.stream().limit(limit).map(this::timelineJson).toList(),
                    entries.size() <= limit
                            ? null
                            : Cursor.of(
                                            entries.get(limit - 1).at(),
                                            entries.get(limit - 1).id())
                                    .encode(),
                    entries.size(),
                    cursor.isEmpty() && entries.size() <= limit);
        });
        Requests.list(context, page);
    }

    private static Instant instant(String text) {
        try {
            return IsoDates.instant(text);
        } catch (DateTimeException wrong) {
            throw Problem.badRequest("bad_cursor", "The cursor is not one this list gave. Start again without it.");
        }
    }

    private Map<String, @Nullable Object> timelineJson(TimelineEntry entry) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("id", entry.id());
        body.put("at", entry.at());
        body.put("type", entry.type());
        body.put(
                "summary",
                messages.text(Locale.ENGLISH, entry.key(), entry.arguments().toArray()));
        String actor = entry.actorRef();
        body.put("actor", actor == null ? null : assets.actorName(actor));
        body.putAll(entry.data());
        return body;
    }

    private void importCsv(Context context) {
        Query query = Requests.query(context, "dry_run", "on_conflict");
        boolean dryRun = query.flag("dry_run").orElse(false);
        OnConflict onConflict = query.oneOf("on_conflict", OnConflict.class).orElse(OnConflict.UPDATE);
        String type = context.contentType();
        if (type != null && (type.contains("json") || type.contains("form"))) {
            throw Problem.of(415, "unsupported_media_type", "The body is " + type + ": send the file as text/csv.");
        }
        byte[] bytes = Requests.bytes(context, AssetImport.MAX_BYTES);
        ImportResult result = imports.run(bytes, dryRun, onConflict, Actor.of(Requests.principal(context)));
        context.json(json(result));
    }

    private Map<String, Object> json(ImportResult result) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("dry_run", result.dryRun());
        body.put("created", result.created());
        body.put("updated", result.updated());
        body.put("unchanged", result.unchanged());
        body.put("skipped", result.skipped());
        body.put("refused", result.refused());
        body.put("new_people", result.newPeople());
        Table<CellError> errors = CellError.table(messages, Locale.ENGLISH);
        body.put(
                "errors",
                result.errors().stream().limit(MOST_ERRORS).map(errors::json).toList());
        body.put("errors_omitted", Math.max(0, result.errors().size() - MOST_ERRORS));
        return body;
    }
}
