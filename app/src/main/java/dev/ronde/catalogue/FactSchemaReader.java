package dev.ronde.catalogue;

import dev.ronde.catalogue.cel.FactType;
import dev.ronde.platform.document.Fault;
import dev.ronde.platform.document.Fields;
import dev.ronde.platform.document.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads the JSON Schema subset of {@code checks/facts/}: closed objects, lists, texts, times, whole numbers, truth values. */
final class FactSchemaReader {
    private static final String[] TYPES = {"object", "array", "string", "integer", "boolean"};
    private static final int DEFAULT_TEXT = 200;
    private static final int DEFAULT_ITEMS = 1_000;
    private static final Set<String> RESERVED =
            Set.of(("true false null in as break const continue else for function if import let"
                            + " loop package namespace return var void while")
                    .split(" "));

    private FactSchemaReader() {}

    static FactSchema read(String name, Node.Mapping file, List<Fault> problems) {
        Fields fields = new Fields(file, problems);
        FactType type = type("facts_" + name.replaceAll("[^A-Za-z0-9]", "_"), fields, true);
        if (type instanceof FactType.ObjectType root) {
            return new FactSchema(name, root);
        }
        fields.problem(file.line(), "the facts must be of type object");
        return new FactSchema(name, new FactType.ObjectType("broken", Map.of()));
    }

    private static FactType type(String path, Fields fields, boolean root) {
        String type = fields.word("type", TYPES, Function.identity()).orElse("");
        if (!fields.has("type")) {
            fields.problem(fields.line(), "required key 'type' is missing");
        }
        if (fields.text("description").isEmpty() && !root) {
            fields.problem(fields.line(), "required key 'description' is missing");
        }
        FactType result = switch (type) {
            case "object" -> object(path, fields);
            case "array" -> list(path, fields);
            case "string" -> text(fields);
            case "integer" ->
                new FactType.Whole(
                        fields.whole("minimum").orElse(null),
                        fields.whole("maximum").orElse(null));
            default -> new FactType.Truth();
        };
        fields.noOthers();
        return result;
    }

    private static FactType object(String path, Fields fields) {
        fields.require("properties");
        List<String> required = fields.texts("required");
        Map<String, FactType.Field> properties = new LinkedHashMap<>();
        fields.child("properties").ifPresent(children -> {
            children.all().forEach((name, node) -> {
                if (!name.matches("[a-zA-Z][a-zA-Z0-9_]{0,63}") || RESERVED.contains(name)) {
                    children.problem(name, "'" + name + "' cannot be the name of a fact");
                }
                children.child(name, node)
                        .ifPresent(child -> properties.put(
                                name,
                                new FactType.Field(type(path + "_" + name, child, false), required.contains(name))));
            });
            fields.known("required", "the properties lack the fact", required, properties.keySet());
        });
        return new FactType.ObjectType(path, properties);
    }

    private static FactType list(String path, Fields fields) {
        fields.require("items");
        FactType item = fields.child("items")
                .map(child -> type(path + "_item", child, true))
                .orElse(new FactType.Truth());
        return new FactType.ListOf(
                item, fields.whole("maxItems").map(Long::intValue).orElse(DEFAULT_ITEMS));
    }

    private static FactType text(Fields fields) {
        List<String> allowed = fields.texts("enum");
        int maxLength = fields.whole("maxLength").map(Long::intValue).orElse(DEFAULT_TEXT);
        boolean time = fields.text("format")
                .filter(format -> {
                    if (!format.equals("date-time")) {
                        fields.problem("format", "the only known format is date-time");
                    }
                    return true;
                })
                .isPresent();
        return time ? new FactType.Timestamp() : new FactType.Text(allowed, maxLength);
    }
}
