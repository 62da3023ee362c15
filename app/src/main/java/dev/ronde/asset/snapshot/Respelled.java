package dev.ronde.asset.snapshot;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stored document with its addresses in the spelling of today: one from before addresses had one must neither be judged by its old
 * spelling nor differ from the same configuration in the new one. What is stored, and its digest, stay as they are.
 */
final class Respelled {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Respelled() {}

    /** Whether documents of the source hold addresses. */
    static boolean applies(SourceSchema schema) {
        return holdsAddresses(schema.root());
    }

    /** Returns the document, the very same where its source has no addresses. */
    static JsonNode of(SourceSchema schema, JsonNode content) {
        return of(schema.root(), content);
    }

    private static JsonNode of(SettingSpec spec, JsonNode value) {
        SettingSpec items = spec.items();
        if (!holdsAddresses(spec)) {
            return value;
        }
        if (value.isString()) {
            return OneSpelling.of(value.stringValue())
                    .<JsonNode>map(NODES::stringNode)
                    .orElse(value);
        }
        if (value instanceof ObjectNode object) {
            ObjectNode kept = NODES.objectNode();
            object.properties().forEach(field -> {
                SettingSpec child = spec.children().get(field.getKey());
                kept.set(field.getKey(), child == null ? field.getValue() : of(child, field.getValue()));
            });
            return kept;
        }
        if (value instanceof ArrayNode array && items != null) {
            ArrayNode kept = NODES.arrayNode();
            array.forEach(element -> kept.add(of(items, element)));
            return spec.kind() == SettingSpec.Type.SET ? Canonicaliser.sorted(spec.keys(), kept) : kept;
        }
        return value;
    }

    private static boolean holdsAddresses(SettingSpec spec) {
        SettingSpec items = spec.items();
        return spec.address()
                || (items != null && holdsAddresses(items))
                || spec.children().values().stream().anyMatch(Respelled::holdsAddresses);
    }
}
