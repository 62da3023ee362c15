package dev.ronde.evidence;

import dev.ronde.evidence.ledger.Canonical;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Brings what the rooms hold (records, maps, JSON trees, times, enums) into the few types a canonical record may have:
 * absent instead of null, strings instead of fractions, lower-case words instead of enums, snake_case keys.
 */
public final class Values {
    private Values() {}

    /** UTC with six digits and {@code Z}. */
    public static String time(Instant instant) {
        String text = instant.truncatedTo(ChronoUnit.MICROS).toString();
        int dot = text.indexOf('.');
        String whole = text.substring(0, dot < 0 ? text.length() - 1 : dot);
        String fraction = dot < 0 ? "" : text.substring(dot + 1, text.length() - 1);
        return whole + "." + fraction + "000000".substring(fraction.length()) + "Z";
    }

    /** The canonical value of {@code item}; null if it says nothing. */
    public static @Nullable Object of(@Nullable Object item) {
        if (item == null) {
            return null;
        } else if (item instanceof String text) {
            return Canonical.normal(text);
        } else if (item instanceof Boolean) {
            return item;
        } else if (item instanceof Number number) {
            return number(number);
        } else if (item instanceof Instant instant) {
            return time(instant);
        } else if (item instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        } else if (item instanceof Optional<?> optional) {
            return of(optional.orElse(null));
        } else if (item instanceof JsonNode node) {
            return tree(node);
        } else if (item instanceof Map<?, ?> map) {
            return object(map);
        } else if (item instanceof Collection<?> collection) {
            return list(collection);
        } else if (item instanceof Record bean) {
            return object(components(bean));
        }
        return Canonical.normal(item.toString());
    }

    private static Object number(Number number) {
        boolean whole = number instanceof Long
                || number instanceof Integer
                || number instanceof Short
                || number instanceof BigInteger;
        if (whole
                && !(number instanceof BigInteger big && big.bitLength() >= 63)
                && Canonical.isInteger(number.longValue())) {
            return number.longValue();
        }
        return number.toString();
    }

    private static List<Object> list(Iterable<?> items) {
        List<Object> list = new ArrayList<>();
        for (Object item : items) {
            Object value = of(item);
            list.add(value == null ? "" : value);
        }
        return list;
    }

    /** Maps with a name that cannot be a key become a list of name and value, in the map's order. */
    private static Object object(Map<?, ?> map) {
        Map<String, Object> object = new LinkedHashMap<>();
        boolean plain = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object value = of(entry.getValue());
            String name = String.valueOf(entry.getKey());
            plain &= Canonical.isKey(name);
            if (value != null) {
                object.put(name, value);
            }
        }
        return plain ? object : pairs(object);
    }

    private static List<Object> pairs(Map<String, Object> object) {
        List<Object> pairs = new ArrayList<>();
        object.forEach((name, value) -> pairs.add(Map.of("name", Canonical.normal(name), "value", value)));
        return pairs;
    }

    private static @Nullable Object tree(JsonNode node) {
        if (node.isNull() || node.isMissingNode()) {
            return null;
        } else if (node.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            node.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue()));
            return object(map);
        } else if (node.isArray()) {
            return list(node);
        } else if (node.isBoolean()) {
            return node.booleanValue();
        } else if (node.isNumber()) {
            return number(node.numberValue());
        }
        return Canonical.normal(node.asString());
    }

    private static Map<String, @Nullable Object> components(Record bean) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (RecordComponent component : bean.getClass().getRecordComponents()) {
            try {
                Method accessor = component.getAccessor();
                accessor.setAccessible(true);
                map.put(snake(component.getName()), accessor.invoke(bean));
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException("cannot read " + component, e);
            }
        }
        return map;
    }

    private static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
