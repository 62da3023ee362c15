package dev.ronde.platform.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One value of a document, with the line (from 1) on which it starts; 0 in a document that has no lines. */
public sealed interface Node {
    int line();

    /**
     * A text, number or truth value.
     *
     * @param text as it is written, {@code 010} as 010; empty for nothing
     */
    record Scalar(int line, Kind kind, String text) implements Node {
        public enum Kind {
            TEXT,
            WHOLE,
            DECIMAL,
            TRUTH,
            NOTHING
        }

        /** @throws NumberFormatException with the end of a sentence that says why */
        long whole() {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new NumberFormatException(
                        text.matches("[-+]?[0-9]+")
                                ? "is too large a number"
                                : "must be a whole number in decimal digits");
            }
        }
    }

    record Sequence(int line, List<Node> items) implements Node {}

    /**
     * Named values.
     *
     * @param keyLines lines of the keys; a value may begin on a later one
     */
    record Mapping(int line, Map<String, Node> entries, Map<String, Integer> keyLines) implements Node {}

    static Node of(JsonNode json) {
        if (json.isObject()) {
            Map<String, Node> entries = new LinkedHashMap<>();
            json.properties().forEach(field -> entries.put(field.getKey(), of(field.getValue())));
            return new Mapping(0, entries, Map.of());
        }
        if (json.isArray()) {
            return new Sequence(0, json.valueStream().map(Node::of).toList());
        }
        Scalar.Kind kind = json.isString()
                ? Scalar.Kind.TEXT
                : json.isIntegralNumber()
                        ? Scalar.Kind.WHOLE
                        : json.isNumber()
                                ? Scalar.Kind.DECIMAL
                                : json.isBoolean() ? Scalar.Kind.TRUTH : Scalar.Kind.NOTHING;
        return new Scalar(0, kind, kind == Scalar.Kind.NOTHING ? "" : json.asString(""));
    }

    /** The same without what is empty, as clients send fields that nobody filled: nulls and blank texts of maps. */
    default Node filled() {
        if (this instanceof Mapping mapping) {
            Map<String, Node> entries = new LinkedHashMap<>();
            mapping.entries().forEach((name, node) -> {
                if (!(node instanceof Scalar scalar && scalar.text().isBlank())) {
                    entries.put(name, node.filled());
                }
            });
            return new Mapping(mapping.line(), entries, mapping.keyLines());
        }
        return this instanceof Sequence list
                ? new Sequence(
                        list.line(), list.items().stream().map(Node::filled).toList())
                : this;
    }

    /** The line to which a JSON pointer (RFC 6901, names without escapes) leads, or the last one on the way that is there. */
    default int line(String pointer) {
        Node at = this;
        int line = line();
        for (String step : pointer.substring(pointer.startsWith("/") ? 1 : 0).split("/", -1)) {
            if (at instanceof Mapping mapping && mapping.entries().containsKey(step)) {
                at = mapping.entries().getOrDefault(step, at);
                line = mapping.keyLines().getOrDefault(step, at.line());
            } else if (at instanceof Sequence list
                    && step.matches("\\d{1,6}")
                    && Integer.parseInt(step) < list.items().size()) {
                at = list.items().get(Integer.parseInt(step));
                line = at.line();
            } else {
                return line;
            }
        }
        return line;
    }

    /** Maps, lists and texts; every scalar is the text that is written. */
    default Object texts() {
        if (this instanceof Mapping mapping) {
            Map<String, Object> texts = new LinkedHashMap<>();
            mapping.entries().forEach((name, node) -> texts.put(name, node.texts()));
            return texts;
        }
        return this instanceof Sequence sequence
                ? sequence.items().stream().map(Node::texts).toList()
                : ((Scalar) this).text();
    }

    /**
     * Maps, lists, {@code String}, {@code Long}, {@code Boolean}.
     *
     * @throws DocumentException for a null, a decimal number or one beyond a long
     */
    default Object plain() {
        if (this instanceof Mapping mapping) {
            Map<String, Object> plain = new LinkedHashMap<>();
            mapping.entries().forEach((name, node) -> plain.put(name, node.plain()));
            return plain;
        }
        if (this instanceof Sequence sequence) {
            List<Object> plain = new ArrayList<>();
            sequence.items().forEach(item -> plain.add(item.plain()));
            return plain;
        }
        Scalar scalar = (Scalar) this;
        return switch (scalar.kind()) {
            case TEXT -> scalar.text();
            case WHOLE -> whole(scalar);
            case TRUTH -> Boolean.valueOf(scalar.text());
            case DECIMAL ->
                throw new DocumentException(
                        scalar.line(), "'" + scalar.text() + "' is read as a decimal number; put it in quotes");
            case NOTHING ->
                throw new DocumentException(scalar.line(), "empty values are not allowed; leave the key out");
        };
    }

    private static Long whole(Scalar scalar) {
        try {
            return scalar.whole();
        } catch (NumberFormatException e) {
            throw new DocumentException(scalar.line(), "'" + scalar.text() + "' " + e.getMessage());
        }
    }
}
