package dev.ronde.inbound.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The header fields of a message or a part, in their order, unfolded (RFC 5322 2.2.3). Read by hand, because two
 * {@code From} fields must be seen as two.
 *
 * @param fields at most those in the first 128 KiB
 * @param bodyAt the offset of the first byte of the body
 */
public record Headers(List<Field> fields, int bodyAt) {
    private static final int FIELDS = 1_000;

    public Headers {
        fields = List.copyOf(fields);
    }

    /** The name is in lower case; the value is as received, on one line. */
    public record Field(String name, String text) {}

    /** Reads the block that starts at {@code from}; it ends at the first empty line or at {@code to}. */
    public static Headers read(byte[] raw, int from, int to) {
        List<Field> fields = new ArrayList<>();
        int limit = Math.min(to, from + MailLimits.HEADERS);
        int fieldAt = from;
        int at = from;
        while (at < to) {
            int end = lineEnd(raw, at, to);
            int next = Math.min(to, end + 1);
            int length = end > at && raw[end - 1] == '\r' ? end - 1 - at : end - at;
            if (length == 0) {
                add(fields, raw, fieldAt, Math.min(at, limit));
                return new Headers(fields, next);
            }
            boolean folded = raw[at] == ' ' || raw[at] == '\t';
            if (!folded && at > fieldAt) {
                add(fields, raw, fieldAt, Math.min(at, limit));
                fieldAt = at;
            }
            at = next;
        }
        add(fields, raw, fieldAt, Math.min(to, limit));
        return new Headers(fields, to);
    }

    /** The fields of a part as they come, of at most 128 KiB. */
    static final class Collected {
        private final List<Field> fields = new ArrayList<>();
        private int left = MailLimits.HEADERS;

        void add(byte[] field) {
            int length = Math.min(left, field.length);
            Headers.add(fields, field, 0, length);
            left -= length;
        }

        Headers headers() {
            return new Headers(fields, 0);
        }
    }

    private static int lineEnd(byte[] raw, int from, int to) {
        int at = from;
        while (at < to && raw[at] != '\n') {
            at++;
        }
        return at;
    }

    private static void add(List<Field> fields, byte[] raw, int from, int to) {
        if (to <= from || fields.size() >= FIELDS) {
            return;
        }
        String text = Charsets.decode(raw, from, to, null);
        int colon = text.indexOf(':');
        if (colon < 1 || colon > 100) {
            return;
        }
        String name = text.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        if (name.chars().allMatch(unit -> unit > ' ' && unit < 127)) {
            // nobody becomes somebody else by a character that is dropped
            String kept = name.equals("from") ? Charsets.marked(raw, from, to) : text;
            fields.add(new Field(name, unfolded(kept, kept.indexOf(':') + 1)));
        }
    }

    private static String unfolded(String text, int from) {
        StringBuilder line = new StringBuilder(text.length() - from);
        for (int at = from; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (unit == '\t') {
                line.append(' ');
            } else if (unit != '\r' && unit != '\n') {
                line.append(unit);
            }
        }
        return line.toString().strip();
    }

    public Optional<String> first(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::text)
                .findFirst();
    }

    /** Every field of this name, topmost first. */
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::text)
                .toList();
    }

    public boolean has(String name) {
        return fields.stream().anyMatch(field -> field.name().equals(name));
    }

    /** The first field of this name in readable text (RFC 2047), empty where there is none. */
    public String text(String name) {
        return first(name).map(EncodedWords::decode).orElse("");
    }
}
