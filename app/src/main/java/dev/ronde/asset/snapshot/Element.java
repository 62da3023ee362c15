package dev.ronde.asset.snapshot;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads one element of a set: its key, its content by path, and itself in words. */
final class Element {
    private static final Pattern HOLE = Pattern.compile("\\{([^}]+)}");

    private Element() {}

    static String key(List<String> keys, JsonNode element) {
        if (keys.isEmpty()) {
            return element.isString() ? element.stringValue() : element.toString();
        }
        return keys.stream().map(key -> plain(at(element, key))).collect(Collectors.joining(" "));
    }

    /** Sorted by key; elements that are equal in every field are kept once. */
    static ArrayNode sorted(List<String> keys, ArrayNode elements) {
        Map<String, JsonNode> byText = new TreeMap<>();
        for (JsonNode element : elements) {
            byText.put(key(keys, element) + '\u0000' + element, element);
        }
        return JsonNodeFactory.instance.arrayNode().addAll(byText.values());
    }

    static boolean matches(JsonNode element, Map<String, String> conditions) {
        return conditions.entrySet().stream()
                .allMatch(condition -> plain(at(element, condition.getKey())).equals(condition.getValue()));
    }

    static String inWords(String template, JsonNode element, Words words) {
        Matcher holes = HOLE.matcher(template);
        StringBuilder text = new StringBuilder();
        while (holes.find()) {
            JsonNode value = at(element, holes.group(1));
            holes.appendReplacement(text, Matcher.quoteReplacement(value == null ? "–" : words.value(value)));
        }
        return holes.appendTail(text).toString();
    }

    private static @Nullable JsonNode at(JsonNode element, String path) {
        JsonNode value = element;
        for (String step : path.split("\\.", -1)) {
            JsonNode next = value.get(step);
            if (next == null) {
                return null;
            }
            value = next;
        }
        return value;
    }

    private static String plain(@Nullable JsonNode value) {
        if (value == null) {
            return "";
        }
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(Element::plain)
                    .collect(Collectors.joining(","));
        }
        return value.isString() ? value.stringValue() : value.toString();
    }
}
