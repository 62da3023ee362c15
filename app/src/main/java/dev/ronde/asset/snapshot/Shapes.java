package dev.ronde.asset.snapshot;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts the shapes of a source file where {@code like} names them; what is written beside {@code like} overrides the shape. */
record Shapes(JsonNode shapes) {
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
