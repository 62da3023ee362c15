package dev.ronde.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A parsed YAML value that remembers its line, so that every refusal names one. */
sealed interface YamlNode {
    int line();

    record Scalar(int line, Kind kind, String text) implements YamlNode {
        enum Kind {
            TEXT,
            WHOLE,
            DECIMAL,
            TRUTH,
            NOTHING
        }
    }

    record Sequence(int line, List<YamlNode> items) implements YamlNode {}

    record Mapping(int line, Map<String, YamlNode> entries, Map<String, Integer> keyLines) implements YamlNode {}

    /**
     * Returns the plain value: maps, lists, {@code String}, {@code Long}, {@code Boolean}.
     *
     * @throws YamlException for a null or a decimal number, which no fact can be
     */
    default Object plain() throws YamlException {
        if (this instanceof Mapping mapping) {
            Map<String, Object> plain = new LinkedHashMap<>();
            for (Map.Entry<String, YamlNode> entry : mapping.entries().entrySet()) {
                plain.put(entry.getKey(), entry.getValue().plain());
            }
            return plain;
        }
        if (this instanceof Sequence sequence) {
            List<Object> plain = new ArrayList<>();
            for (YamlNode item : sequence.items()) {
                plain.add(item.plain());
            }
            return plain;
        }
        Scalar scalar = (Scalar) this;
        return switch (scalar.kind()) {
            case TEXT -> scalar.text();
            case WHOLE -> whole(scalar);
            case TRUTH -> Boolean.valueOf(scalar.text());
            case DECIMAL ->
                throw new YamlException(
                        scalar.line(), "'" + scalar.text() + "' is read as a decimal number; put it in quotes");
            case NOTHING -> throw new YamlException(scalar.line(), "empty values are not allowed; leave the key out");
        };
    }

    private static Long whole(Scalar scalar) throws YamlException {
        try {
            return Long.valueOf(scalar.text());
        } catch (NumberFormatException e) {
            throw new YamlException(scalar.line(), "'" + scalar.text() + "' is too large a number");
        }
    }
}
