package dev.ronde.check.log;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** The probe log: every exchange of packets, to be searched by whoever saw one. */
public final class ProbeLogPages implements Routes {
    private static final String PATH = "/checks/probing/log";
    private static final List<String> FILTERS = List.of("asset", "check", "address", "port", "outcome", "from", "to");

    private final Database database;
    private final PageRenderer pages;

    public ProbeLogPages(Database database, PageRenderer pages) {
        this.database = database;
        this.pages = pages;
    }

    @Override
    public void register(Router router) {
        router.get(PATH, Access.AUDIT, this::show);
    }

    private void show(Context context) {
        Query query = Requests.query(context, ProbeLogApi.PARAMETERS);
        UUID before = query.cursor(1).map(cursor -> cursor.uuid(0)).orElse(null);
        int limit = query.limit();
        PageOf<ProbeLogJson> page =
                database.read(handle -> ProbeLog.page(handle, ProbeLogApi.wanted(query), before, limit));
        Map<String, String> given = new TreeMap<>(query.values());
        given.keySet().retainAll(FILTERS);
        given.values().removeIf(String::isBlank);
        Map<String, String> shown = new HashMap<>(given);
        FILTERS.forEach(name -> shown.putIfAbsent(name, ""));
        Map<String, Object> model = new HashMap<>();
        model.put("lines", page.items());
        model.put("count", page.count());
        model.put("exact", page.exact());
        model.put("filter", shown);
        model.put("filtered", !given.isEmpty());
        model.put("kept", ProbeLog.KEPT.toDays());
        String cursor = page.nextCursor();
        Map<String, String> next = new TreeMap<>(given);
        if (cursor != null) {
            next.put("cursor", cursor);
        }
        model.put("next", cursor == null ? "" : PATH + "?" + encoded(next));
        pages.render(context, "web/check/probe-log.peb", model);
    }

    private static String encoded(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
