package dev.ronde.platform.http;

import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** The order of a list by a field of its items, as {@code sort} names it; {@code owner.email} is a field of a field. */
final class FieldOrder {
    private static final List<String> LEVELS = List.of("low", "medium", "high", "critical");
    private static final Comparator<JsonNode> VALUES = Comparator.comparing(JsonNode::isNumber)
            .thenComparing(node -> node.asDouble(0))
            .thenComparing(node -> LEVELS.indexOf(text(node)))
            .thenComparing(FieldOrder::text, String.CASE_INSENSITIVE_ORDER);

    private FieldOrder() {}

    private record Keyed<T>(T item, JsonNode value) {}

    /**
     * The items by that field, from the end with a minus before it; what has no value comes last either way. Without {@code sort} they stay.
     *
     * @throws Problem 400 for a field that the items do not have
     */
    static <T> List<T> sorted(List<T> all, Query query) {
        String by = query.text("sort").orElse("");
        if (by.isEmpty() || all.isEmpty()) {
            return all;
        }
        boolean down = by.startsWith("-");
        String field = down ? by.substring(1) : by;
        List<JsonNode> trees = all.stream()
                .map(item -> Json.MAPPER.<JsonNode>valueToTree(item))
                .toList();
        String pointer = "/" + field.replace('.', '/');
        String first = field.split("\\.", 2)[0];
        if (trees.stream().noneMatch(tree -> tree.has(first))) {
            String known = trees.get(0).propertyNames().stream().collect(Collectors.joining(", "));
            throw Problem.badRequest(
                            "bad_parameter",
                            "The parameter sort is \"" + by + "\": write one of " + known
                                    + ", or one with - before it.")
                    .values("sort", by);
        }
        Comparator<JsonNode> order = down ? VALUES.reversed() : VALUES;
        return IntStream.range(0, all.size())
                .mapToObj(index -> new Keyed<>(all.get(index), trees.get(index).at(pointer)))
                .sorted(Comparator.comparing((Keyed<T> keyed) -> absent(keyed.value()))
                        .thenComparing(Keyed::value, order))
                .map(Keyed::item)
                .toList();
    }

    private static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static String text(JsonNode value) {
        return value.isContainer() ? value.toString() : value.asString("");
    }
}
