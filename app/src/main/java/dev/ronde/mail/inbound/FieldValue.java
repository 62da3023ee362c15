package dev.ronde.mail.inbound;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A structured field such as {@code Content-Type} with its parameters (RFC 2045 5.1, RFC 2231), read forgivingly: of a
 * parameter that comes twice the first counts.
 *
 * @param main what stands before the first semicolon, in lower case
 */
record FieldValue(String main, Map<String, String> parameters) {
    private static final int PARAMETERS = 50;

    FieldValue {
        parameters = Map.copyOf(parameters);
    }

    static FieldValue read(String text) {
        Map<String, String> plain = new LinkedHashMap<>();
        Map<String, TreeMap<Integer, String>> split = new LinkedHashMap<>();
        int at = text.indexOf(';');
        String main = (at < 0 ? text : text.substring(0, at)).strip().toLowerCase(Locale.ROOT);
        while (at >= 0 && at < text.length() && plain.size() + split.size() < PARAMETERS) {
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                break;
            }
            String name = text.substring(at + 1, equals).strip().toLowerCase(Locale.ROOT);
            int[] next = new int[1];
            String given = value(text, equals + 1, next);
            at = next[0];
            keep(name, given, plain, split);
        }
        split.forEach((name, pieces) -> plain.putIfAbsent(name, joined(pieces)));
        return new FieldValue(main, plain);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** Reads a token or quoted string; sets {@code next} to the semicolon after it, or to the end. */
    private static String value(String text, int from, int[] next) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        StringBuilder given = new StringBuilder();
        if (at < text.length() && text.charAt(at) == '"') {
            at++;
            while (at < text.length() && text.charAt(at) != '"') {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                given.append(text.charAt(at++));
            }
            int semicolon = text.indexOf(';', at);
            next[0] = semicolon < 0 ? text.length() : semicolon;
            return given.toString();
        }
        int semicolon = text.indexOf(';', at);
        next[0] = semicolon < 0 ? text.length() : semicolon;
        return text.substring(Math.min(at, next[0]), next[0]).strip();
    }

    private static void keep(
            String name, String given, Map<String, String> plain, Map<String, TreeMap<Integer, String>> split) {
        int star = name.indexOf('*');
        if (star < 0) {
            plain.putIfAbsent(name, EncodedWords.decode(given));
            return;
        }
        String base = name.substring(0, star);
        boolean encoded = name.endsWith("*");
        String number = name.substring(star + 1).replace("*", "");
        int index = number.matches("\\d{1,3}") ? Integer.parseInt(number) : 0;
        split.computeIfAbsent(base, key -> new TreeMap<>()).putIfAbsent(index, encoded ? "*" + given : given);
    }

    private static String joined(TreeMap<Integer, String> pieces) {
        StringBuilder whole = new StringBuilder();
        String charset = "utf-8";
        for (String piece : pieces.values()) {
            if (!piece.startsWith("*")) {
                whole.append(piece);
                continue;
            }
            String text = piece.substring(1);
            String[] parts = text.split("'", 3);
            if (parts.length == 3) {
                charset = parts[0].isEmpty() ? "utf-8" : parts[0];
                text = parts[2];
            }
            byte[] bytes = TransferDecoding.quotedPrintable(
                    text.replace('%', '=').getBytes(StandardCharsets.UTF_8),
                    0,
                    text.getBytes(StandardCharsets.UTF_8).length);
            whole.append(Charsets.decode(bytes, 0, bytes.length, charset));
        }
        return whole.toString();
    }
}
