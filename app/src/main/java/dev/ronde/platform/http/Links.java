package dev.ronde.platform.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Links of lists that keep the filter. */
public final class Links {
    private Links() {}

    /** The next page of a list; null at its end. */
    public static @Nullable String next(String path, Map<String, String> filter, @Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        StringBuilder link = new StringBuilder(path).append('?');
        filter.forEach((name, text) -> {
            if (!name.equals("cursor")) {
                link.append(encode(name)).append('=').append(encode(text)).append('&');
            }
        });
        return link.append("cursor=").append(encode(cursor)).toString();
    }

    public static String filtered(String path, Map<String, String> filter) {
        String query = filter.entrySet().stream()
                .filter(entry ->
                        !entry.getKey().equals("cursor") && !entry.getKey().equals("limit"))
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
