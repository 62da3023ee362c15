package dev.ronde.catalogue;

import dev.ronde.catalogue.cel.FactType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The closed shape of a fact document: what it does not name cannot pass.
 *
 * @param name name with version, for example {@code redis.anonymous.v1}
 * @param root type of the whole document
 */
public record FactSchema(String name, FactType.ObjectType root) {
    static final String NOT_IN_SCHEMA = ": not in the schema";

    private static final int MAX_CHARACTERS = 1 << 20;

    /**
     * A fact document checked against its schema.
     *
     * @param facts normalised values: {@code Long}, {@code Boolean}, {@code String}, {@code Instant}, lists and maps; no nulls
     * @param violations what does not fit, by path; the facts are not to be judged unless this is empty
     */
    public record Conformance(Map<String, Object> facts, List<String> violations) {}

    /** Checks and normalises a document; never throws for its content. */
    public Conformance conform(Map<String, ?> document) {
        Walk walk = new Walk();
        Object facts = walk.value("facts", root, document);
        if (walk.characters > MAX_CHARACTERS) {
            walk.violations.add("facts: larger than 1 MiB");
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> normalised = facts instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
        return new Conformance(normalised, walk.violations);
    }

    private static final class Walk {
        private final List<String> violations = new ArrayList<>();
        private long characters;

        @Nullable
        Object value(String path, FactType type, @Nullable Object value) {
            if (type instanceof FactType.ObjectType object) {
                return value instanceof Map<?, ?> map ? object(path, object, map) : refuse(path, "an object");
            }
            if (type instanceof FactType.ListOf list) {
                return value instanceof List<?> items ? list(path, list, items) : refuse(path, "a list");
            }
            if (type instanceof FactType.Text text) {
                return value instanceof String string ? text(path, text, string) : refuse(path, "a text");
            }
            if (type instanceof FactType.Timestamp) {
                return timestamp(path, value);
            }
            if (type instanceof FactType.Whole whole) {
                return value instanceof Long || value instanceof Integer
                        ? whole(path, whole, ((Number) value).longValue())
                        : refuse(path, "a whole number");
            }
            return value instanceof Boolean ? value : refuse(path, "true or false");
        }

        private Map<String, Object> object(String path, FactType.ObjectType type, Map<?, ?> map) {
            Map<String, Object> result = new LinkedHashMap<>();
            map.forEach((key, value) -> {
                FactType.Field field = type.fields().get(String.valueOf(key));
                if (field == null) {
                    violations.add(path + "." + key + NOT_IN_SCHEMA);
                    return;
                }
                Object converted = value(path + "." + key, field.type(), value);
                if (converted != null) {
                    result.put(String.valueOf(key), converted);
                }
            });
            type.fields().forEach((name, field) -> {
                if (field.required() && !map.containsKey(name)) {
                    violations.add(path + "." + name + ": missing");
                }
            });
            return result;
        }

        private List<Object> list(String path, FactType.ListOf type, List<?> items) {
            if (items.size() > type.maxItems()) {
                violations.add(path + ": more than " + type.maxItems() + " entries");
                return List.of();
            }
            List<Object> result = new ArrayList<>(items.size());
            for (int i = 0; i < items.size(); i++) {
                Object converted = value(path + "[" + i + "]", type.item(), items.get(i));
                if (converted != null) {
                    result.add(converted);
                }
            }
            return result;
        }

        private String text(String path, FactType.Text type, String value) {
            characters += value.length();
            if (value.length() > type.maxLength()) {
                violations.add(path + ": longer than " + type.maxLength() + " characters");
            }
            if (!type.allowed().isEmpty() && !type.allowed().contains(value)) {
                violations.add(path + ": not one of " + String.join(", ", type.allowed()));
            }
            return value;
        }

        private Long whole(String path, FactType.Whole type, long value) {
            boolean tooLow = type.minimum() != null && value < type.minimum();
            boolean tooHigh = type.maximum() != null && value > type.maximum();
            if (tooLow || tooHigh) {
                violations.add(path + ": out of bounds");
            }
            return value;
        }

        private @Nullable Object timestamp(String path, @Nullable Object value) {
            if (value instanceof Instant) {
                return value;
            }
            try {
                return value instanceof String text
                        ? OffsetDateTime.parse(text).toInstant()
                        : refuse(path, "a time (RFC 3339)");
            } catch (DateTimeException e) {
                return refuse(path, "a time (RFC 3339)");
            }
        }

        private @Nullable Object refuse(String path, String expected) {
            violations.add(path + ": not " + expected);
            return null;
        }
    }
}
