package dev.ronde.asset;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Reader;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The list of assets and the page of one. */
final class AssetPages implements Routes {
    private static final int TIMELINE = 30;

    private final AssetRoom room;
    private final Database database;
    private final Assets assets;
    private final PageRenderer pages;
    private final List<AssetPanel> panels;

    AssetPages(AssetRoom room, PageRenderer pages, List<AssetPanel> panels) {
        this.room = room;
        this.database = room.database();
        this.assets = room.assets();
        this.pages = pages;
        this.panels = List.copyOf(panels);
    }

    @Override
    public void register(Router router) {
        router.get("/assets", Access.READERS, this::list);
        router.get("/assets.csv", Access.READERS, this::download);
        router.get("/assets/{ref}", Access.READERS, this::show);
    }

    private static String[] parameters(String... more) {
        List<String> names = new ArrayList<>(AssetParameters.NAMES);
        names.addAll(List.of(more));
        return names.toArray(String[]::new);
    }

    private void list(Context context) {
        Query query = Requests.query(context, parameters("limit", "cursor"));
        Principal principal = Requests.principal(context);
        AssetFilter filter = AssetParameters.filter(query, principal);
        int limit = query.limit();
        String after = query.cursor(1).map(cursor -> cursor.get(0)).orElse(null);
        Map<String, Object> model = new HashMap<>();
        database.read(handle -> {
            List<Asset> rows = assets.list(handle, filter, AssetOrder.REF, after, limit + 1);
            Map<UUID, PersonLabel> people = assets.labels(handle, rows);
            PageOf<AssetView> page = PageOf.of(
                            rows, limit, assets.count(handle, filter), asset -> Cursor.of(asset.ref()))
                    .map(asset -> AssetView.of(asset, people));
            model.put("assets", page.items());
            model.put("total", page.count());
            model.put("next", page.nextCursor() == null ? "" : "/assets?" + encoded(query, page.nextCursor()));
            AssetDao dao = handle.attach(AssetDao.class);
            model.put("units", dao.listUnits());
            model.put("environments", dao.listEnvironments());
            model.put("tags", dao.listTags());
            return page;
        });
        Map<String, String> given = new TreeMap<>(query.values());
        given.keySet().removeAll(List.of("limit", "cursor"));
        given.values().removeIf(String::isBlank);
        Map<String, String> shown = new HashMap<>(given);
        AssetParameters.NAMES.forEach(name -> shown.putIfAbsent(name, ""));
        model.put("filter", shown);
        model.put("filtered", !given.isEmpty());
        model.put("kinds", List.copyOf(new TreeSet<>(room.kinds().get())));
        model.put(
                "criticalities",
                Arrays.stream(Criticality.values()).map(Criticality::word).toList());
        model.put("download", "/assets.csv" + (given.isEmpty() ? "" : "?" + encoded(given)));
        model.put("mayEdit", principal.lead());
        model.put("ownOnly", principal.ownOnly());
        pages.render(context, "web/asset/list.peb", model);
    }

    private static String encoded(Query query, String cursor) {
        Map<String, String> values = new TreeMap<>(query.values());
        values.put("cursor", cursor);
        return encoded(values);
    }

    private static String encoded(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** As a spreadsheet opens it: with BOM, separated as the language expects. */
    private void download(Context context) {
        Query query = Requests.query(context, parameters());
        AssetFilter filter = AssetParameters.filter(query, Requests.principal(context));
        boolean french = pages.reader(context).locale().getLanguage().equals("fr");
        context.contentType("text/csv; charset=utf-8");
        context.header("Content-Disposition", "attachment; filename=\"assets.csv\"");
        try (Writer out = new OutputStreamWriter(context.outputStream(), StandardCharsets.UTF_8)) {
            out.write('\uFEFF');
            room.exports().write(filter, french ? ';' : ',', out);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void show(Context context) {
        Principal principal = Requests.principal(context);
        Reader reader = pages.reader(context);
        Instant now = room.clock().instant();
        Map<String, Object> model = new HashMap<>();
        database.read(handle -> {
            Asset asset = AssetAccess.visible(handle, assets, principal, context.pathParam("ref"));
            model.put("asset", AssetView.of(asset, assets.labels(handle, List.of(asset))));
            model.put("timeline", timeline(handle, asset, now, reader.locale()));
            List<String> shown = new ArrayList<>();
            for (AssetPanel panel : panels) {
                shown.add(panel.template());
                model.putAll(panel.model(handle, asset, principal, reader, now));
            }
            model.put("panels", shown);
            return asset;
        });
        model.put("mayEdit", principal.lead());
        model.put("saved", context.queryParam("saved") != null);
        pages.render(context, "web/asset/asset.peb", model);
    }

    private List<TimelineView> timeline(Handle handle, Asset asset, Instant now, Locale locale) {
        return room.timeline().list(handle, asset, now, "", TIMELINE).stream()
                .map(entry -> TimelineView.of(entry, assets, room.messages(), locale))
                .toList();
    }
}
