package dev.ronde.evidence.ledger;

import dev.ronde.platform.json.JsonFault;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Canonical JSON ("JCS-strict", version 1): RFC 8785 output whose input is restricted until every sane JSON library
 * agrees on it. Keys are ASCII names, numbers are integers within ±(2^53−1), strings are NFC without U+0000 or lone
 * surrogates, and there is no null.
 */
public final class Canonical {
    /** Longest canonical record in bytes; tlog-tiles entry bundles carry a uint16 length. */
    public static final int MAX_BYTES = 65_535;

    private static final long MAX_INTEGER = (1L << 53) - 1;
    private static final int MAX_DEPTH = 64;
    private static final JsonMapper READER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Canonical() {}

    /** True where {@code name} may be a key of a canonical object: {@code [A-Za-z][A-Za-z0-9_.-]*}. */
    public static boolean isKey(String name) {
        if (name.isEmpty() || !isLetter(name.charAt(0))) {
            return false;
        }
        for (int i = 1; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '_' && c != '.' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** True where {@code number} may stand as a number; others are written as strings. */
    public static boolean isInteger(long number) {
        return number >= -MAX_INTEGER && number <= MAX_INTEGER;
    }

    /** The canonical UTF-8 bytes of maps, lists, strings, integers and booleans; {@link NotCanonical} for anything else. */
    public static byte[] write(Object document) {
        return text(document).getBytes(StandardCharsets.UTF_8);
    }

    public static String text(Object document) {
        StringBuilder out = new StringBuilder(512);
        append(out, document, 0);
        return out.toString();
    }

    /**
     * Reads one canonical object.
     *
     * @throws NotCanonical unless {@code bytes} are exactly what {@link #write} makes of their meaning
     */
    public static Map<String, Object> read(byte[] bytes) {
        Map<String, Object> document = parse(bytes);
        if (!Arrays.equals(write(document), bytes)) {
            throw new NotCanonical("the bytes are not the canonical form of their meaning");
        }
        return document;
    }

    /** Reads one JSON object without asking for the canonical spelling; duplicate keys are still refused. */
    public static Map<String, Object> parse(byte[] bytes) {
        try {
            Map<String, Object> document = READER.readValue(bytes, new TypeReference<Map<String, Object>>() {});
            if (document == null) {
                throw new NotCanonical("null is not a record");
            }
            return document;
        } catch (JacksonException e) {
            throw new NotCanonical("not a JSON object: " + JsonFault.of(e));
        }
    }

    public static String normal(String text) {
        return isNormal(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static void append(StringBuilder out, @Nullable Object item, int depth) {
        if (depth > MAX_DEPTH) {
            throw new NotCanonical("nested deeper than " + MAX_DEPTH);
        }
        if (item == null) {
            throw new NotCanonical("null is not allowed: omit the key");
        } else if (item instanceof String text) {
            appendString(out, text);
        } else if (item instanceof Boolean) {
            out.append(item);
        } else if (item instanceof Long || item instanceof Integer) {
            appendNumber(out, ((Number) item).longValue());
        } else if (item instanceof Map<?, ?> map) {
            appendObject(out, map, depth);
        } else if (item instanceof List<?> list) {
            appendArray(out, list, depth);
        } else {
            throw new NotCanonical("a " + item.getClass().getSimpleName() + " has no canonical form: " + item);
        }
    }

    private static void appendNumber(StringBuilder out, long number) {
        if (!isInteger(number)) {
            throw new NotCanonical("integer outside ±(2^53-1): " + number);
        }
        out.append(number);
    }

    private static void appendObject(StringBuilder out, Map<?, ?> map, int depth) {
        char separator = '{';
        for (String key : sortedKeys(map)) {
            Object value = map.get(key);
            if (value == null) {
                throw new NotCanonical("null under \"" + key + "\": omit the key");
            }
            out.append(separator).append('"').append(key).append("\":");
            append(out, value, depth + 1);
            separator = ',';
        }
        out.append(map.isEmpty() ? "{}" : "}");
    }

    /** ASCII keys: UTF-16 order, which String has, is byte order. */
    private static String[] sortedKeys(Map<?, ?> map) {
        String[] keys = new String[map.size()];
        int count = 0;
        for (Object name : map.keySet()) {
            if (!(name instanceof String key) || !isKey(key)) {
                throw new NotCanonical("not a canonical key: " + name);
            }
            keys[count++] = key;
        }
        Arrays.sort(keys);
        return keys;
    }

    private static void appendArray(StringBuilder out, List<?> list, int depth) {
        char separator = '[';
        for (Object item : list) {
            out.append(separator);
            append(out, item, depth + 1);
            separator = ',';
        }
        out.append(list.isEmpty() ? "[]" : "]");
    }

    /** Text below U+0300, the first combining character, is always NFC; this spares most calls to ICU. */
    private static boolean isNormal(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) >= 0x300) {
                return Normalizer.isNormalized(text, Normalizer.Form.NFC);
            }
        }
        return true;
    }

    private static void appendString(StringBuilder out, String text) {
        if (!isNormal(text)) {
            throw new NotCanonical("text is not in Unicode form NFC");
        }
        out.append('"');
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new NotCanonical("text holds a lone surrogate");
            } else if (c < 0x20 || c == '"' || c == '\\') {
                out.append(text, written, i);
                appendEscaped(out, c);
                written = i + 1;
            }
        }
        // most texts have nothing to escape: whole, they are copied at once
        out.append(written == 0 ? text : text.substring(written)).append('"');
    }

    /** Escapes exactly as RFC 8785 §3.2.2.2. */
    private static void appendEscaped(StringBuilder out, char c) {
        switch (c) {
            case 0 -> throw new NotCanonical("text holds U+0000");
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        }
    }
}
