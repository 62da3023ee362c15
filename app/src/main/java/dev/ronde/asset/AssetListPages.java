package dev.ronde.asset;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Download;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The list of assets, narrowed by what stands in its address, and the same as a file. */
final class AssetListPages implements Routes {
    private final AssetRoom room;
    private final Database database;
    private final Assets assets;
    private final PageRenderer pages;
    private final List<AssetColumn> columns;

    AssetListPages(AssetRoom room, PageRenderer pages, List<AssetColumn> columns) {
        this.room = room;
        this.database = room.database();
        this.assets = room.assets();
        this.pages = pages;
        this.columns = columns;
    }

    @Override
    public void register(Router router) {
        router.get("/assets", Access.READERS, this::list);
        router.get("/assets.csv", Access.READERS, this::download);
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
        Instant now = room.clock().instant();
        Map<String, Object> model = new HashMap<>();
        database.read(handle -> {
            PageOf<Asset> page = assets.page(handle, filter, AssetOrder.REF, after, limit);
            model.put("lines", AssetLine.of(handle, page.items(), columns, now));
            model.put("total", page.count());
            model.put("exact", page.exact());
            model.put("next", page.nextCursor() == null ? "" : "/assets?" + encoded(query, page.nextCursor()));
            return page;
        });
        Map<String, String> given = new TreeMap<>(query.values());
        given.keySet().removeAll(List.of("limit", "cursor"));
        given.values().removeIf(String::isBlank);
        Map<String, String> shown = new HashMap<>(given);
        AssetParameters.NAMES.forEach(name -> shown.putIfAbsent(name, ""));
        model.put("filter", shown);
        model.put("filtered", !given.isEmpty());
        model.put("kinds", List.copyOf(new TreeSet<>(room.words().kinds())));
        model.put(
                "criticalities",
                Arrays.stream(Criticality.values()).map(Criticality::word).toList());
        AssetChoices choices = room.choices().get();
        model.put("units", choices.units());
        model.put("environments", choices.environments());
        model.put("tags", choices.tags());
        model.put("states", assets.states().words());
        model.put("matching", encoded(given));
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

    static String encoded(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** As a spreadsheet opens it: with BOM, separated as the language expects. */
    private void download(Context context) {
        Query query = Requests.query(context, parameters());
        AssetFilter filter = AssetParameters.filter(query, Requests.principal(context));
        boolean french = pages.reader(context).locale().getLanguage().equals("fr");
        Download.send(context, Download.CSV, "assets.csv", out -> {
            out.write('\uFEFF');
            room.exports().write(filter, french ? ';' : ',', out);
        });
    }
}
