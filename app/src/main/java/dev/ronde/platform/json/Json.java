package dev.ronde.platform.json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The product's JSON: snake_case names, lower-case enum words, RFC 3339 instants; unknown and duplicate keys are refused. */
public final class Json {
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enumNamingStrategy(EnumNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** Reads a value; throws {@link tools.jackson.core.JacksonException} where the text does not fit the type. */
    public static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    /** Reads a tree; throws {@link tools.jackson.core.JacksonException} for anything that is not one JSON document. */
    public static JsonNode tree(String json) {
        return MAPPER.readTree(json);
    }

    /** The object as maps, lists, texts, {@code Long} and {@code Boolean}; what is null is left out, and any other number is a text. */
    public static Map<String, Object> object(JsonNode object) {
        Map<String, Object> map = new LinkedHashMap<>();
        object.properties().forEach(field -> {
            Object value = plain(field.getValue());
            if (value != null) {
                map.put(field.getKey(), value);
            }
        });
        return map;
    }

    /** One value as {@link #object} has it; null for none. */
    public static @Nullable Object plain(JsonNode node) {
        if (node.isObject()) {
            return object(node);
        }
        if (node.isArray()) {
            return node.valueStream().map(Json::plain).filter(Objects::nonNull).toList();
        }
        if (node.isNull() || node.isMissingNode()) {
            return null;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isIntegralNumber() && node.canConvertToLong() ? (Object) node.longValue() : node.asString();
    }
}
