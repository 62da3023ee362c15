package dev.ronde.platform.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the page of a list is given beside what is its own: rows, filter, and links that keep the filter. */
public final class ListPage {
    private ListPage() {}

    /**
     * A model with the lines and their total, what was typed by field, whether anything was, that as part of an address (such as
     * {@code ?kind=domain}), the order asked for, what comes before it in an address (empty where the list is too long to be sorted), and
     * the address of the next page. What is absent is empty.
     */
    public static Map<String, Object> of(Query query, PageOf<?> page, String path, List<String> filters) {
        Map<String, String> given = new TreeMap<>(query.values());
        given.keySet().retainAll(filters);
        given.values().removeIf(String::isBlank);
        Map<String, String> shown = new HashMap<>(given);
        filters.forEach(name -> shown.putIfAbsent(name, ""));
        String matching = query(given);
        query.text("limit").ifPresent(limit -> given.put("limit", limit));
        String cursor = page.nextCursor();
        Map<String, Object> model = new HashMap<>();
        model.put("lines", page.items());
        model.put("total", page.count());
        model.put("exact", page.exact());
        model.put("filter", shown);
        model.put("filtered", !matching.isEmpty());
        model.put("matching", matching);
        model.put("sort", query.text("sort").orElse(""));
        model.put("sorting", page.count() > PageOf.SORTED ? "" : (matching.isEmpty() ? "?" : matching + "&") + "sort=");
        query.text("sort").ifPresent(sort -> given.put("sort", sort));
        if (cursor != null) {
            given.put("cursor", cursor);
        }
        model.put("next", cursor == null ? "" : path + query(given));
        return model;
    }

    private static String query(Map<String, String> values) {
        return values.isEmpty()
                ? ""
                : values.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
