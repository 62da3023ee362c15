package dev.ronde.asset.snapshot;

import dev.ronde.platform.document.WholeCharacters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * One file of {@code checks/sources}: the allow-list, the names and the directions of a snapshot source.
 *
 * @param source name of the source, which is the name of the file
 * @param canon version of the canonical form; digests of different versions are never compared
 * @param array field that a document which is an array stands for; null where documents are objects only
 * @param bounds how large a document may be; null for what is usual
 * @param push commands that print the document and push it, REF standing for the asset; null where nobody wrote one
 * @param root everything else: what a document holds
 */
record SourceSchema(
        String source,
        int canon,
        @Nullable String array,
        @Nullable Bounds bounds,
        @Nullable List<String> push,
        SettingSpec root) {
    private static final List<String> HEAD = List.of("source", "canon", "array", "bounds", "push");
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enumNamingStrategy(EnumNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    SourceSchema {
        List<String> wrong = new ArrayList<>();
        check("", root, Map.of(), wrong);
        SettingSpec listed = array == null ? null : root.children().get(array);
        require(array == null || (listed != null && listed.array()), "array names no set or list", wrong);
        require(root.kind() == SettingSpec.Type.OBJECT, "a document has fields", wrong);
        require(
                bounds == null || (bounds.depth() > 0 && bounds.list() > 0 && bounds.characters() > 0),
                "bounds names depth, list and characters, each a number from 1",
                wrong);
        require(canon > 0, "canon is a number from 1", wrong);
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(source + ": " + String.join("; ", wrong));
        }
    }

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException naming the file and what is wrong with it
     */
    static SourceSchema read(String source, byte[] yaml) {
        SourceSchema schema;
        try {
            JsonNode file = YAML.readTree(new WholeCharacters(new String(yaml, StandardCharsets.UTF_8)));
            if (!(file instanceof ObjectNode object)) {
                throw new IllegalArgumentException("the file holds no keys and values");
            }
            ObjectNode root = Shapes.expand(object);
            ObjectNode whole = root.objectNode();
            HEAD.stream().filter(root::has).forEach(name -> whole.set(name, root.remove(name)));
            schema = YAML.treeToValue(whole.set("root", root), SourceSchema.class);
        } catch (JacksonException | IllegalArgumentException broken) {
            throw new IllegalArgumentException(source + ": " + broken.getMessage(), broken);
        }
        if (!source.equals(schema.source())) {
            throw new IllegalArgumentException(source + ": the file says source: " + schema.source());
        }
        return schema;
    }

    Bounds within() {
        return bounds == null ? Bounds.USUAL : bounds;
    }

    String titleIn(Locale locale) {
        return root.titleOr(locale, source);
    }

    private static void require(boolean holds, String rule, List<String> wrong) {
        if (!holds) {
            wrong.add(rule);
        }
    }

    private static void check(String path, SettingSpec spec, Map<String, SettingSpec> siblings, List<String> wrong) {
        if (spec.ignore()) {
            return;
        }
        String at = path.isEmpty() ? "" : path + ": ";
        boolean object = spec.kind() == SettingSpec.Type.OBJECT;
        require(spec.array() == (spec.items() != null), at + "exactly sets and lists have items", wrong);
        require(object == (spec.fields() != null), at + "exactly objects have fields", wrong);
        require(!spec.address() || spec.kind() == SettingSpec.Type.STRING, at + "only texts are addresses", wrong);
        require(object || !spec.strict(), at + "only objects can be strict", wrong);
        require(object || !spec.whole(), at + "only objects can be whole", wrong);
        require(object || !spec.flattened(), at + "only objects can be flattened", wrong);
        require(spec.array() || spec.arrayIn() == null, at + "only sets and lists have array_in", wrong);
        SettingSpec target = spec.into() == null ? null : siblings.get(spec.into());
        require(
                spec.into() == null || (target != null && target.kind() == SettingSpec.Type.SET),
                at + "into names no set beside it",
                wrong);
        SettingSpec items = spec.items();
        if (items != null) {
            spec.keys()
                    .forEach(key -> require(
                            items.children().containsKey(key), at + "key " + key + " is no field of its items", wrong));
            check(path + "[]", items, Map.of(), wrong);
        }
        for (String name : spec.alternatives()) {
            require(
                    spec.children().containsKey(name) || spec.takesBeside(name),
                    at + "one_of names " + name + ", which is no field",
                    wrong);
        }
        spec.children()
                .forEach((name, child) ->
                        check(path.isEmpty() ? name : path + "." + name, child, spec.children(), wrong));
    }

    /** Puts the shapes of a source file where {@code like} names them; what is written beside {@code like} overrides the shape. */
    private record Shapes(JsonNode shapes) {
        private static final String SHAPES = "shapes";
        private static final String LIKE = "like";
        private static final int DEEPEST = 32;

        /** Throws an {@link IllegalArgumentException} if a shape is unknown or contains itself. */
        static ObjectNode expand(ObjectNode file) {
            JsonNode shapes = file.remove(SHAPES);
            return (ObjectNode) new Shapes(shapes == null ? file.objectNode() : shapes).expanded(file, 0);
        }

        private JsonNode expanded(JsonNode node, int depth) {
            if (depth > DEEPEST) {
                throw new IllegalArgumentException("shapes stand in one another without end");
            }
            if (node instanceof ArrayNode array) {
                ArrayNode copy = array.arrayNode();
                array.forEach(item -> copy.add(expanded(item, depth + 1)));
                return copy;
            }
            if (!(node instanceof ObjectNode object)) {
                return node;
            }
            ObjectNode copy = object.objectNode();
            JsonNode like = object.get(LIKE);
            if (like != null && like.isString()) {
                if (!(shapes.get(like.stringValue()) instanceof ObjectNode shape)) {
                    throw new IllegalArgumentException("there is no shape " + like.stringValue());
                }
                copy.setAll((ObjectNode) expanded(shape, depth + 1));
            }
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (like == null || !like.isString() || !field.getKey().equals(LIKE)) {
                    copy.set(field.getKey(), expanded(field.getValue(), depth + 1));
                }
            }
            return copy;
        }
    }
}
