package dev.ronde.platform.http;

import dev.ronde.platform.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** The place after which a list goes on: the keyset values of its last item, opaque outside. */
public record Cursor(List<String> values) {
    private static final String SEPARATOR = "\u001f";

    public static Cursor of(Object... values) {
        return new Cursor(java.util.Arrays.stream(values).map(String::valueOf).toList());
    }

    public String encode() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, values).getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a cursor with that many values; anything else is a 400. */
    public static Cursor decode(String text, int size) {
        try {
            List<String> values = List.of(
                    new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(SEPARATOR, -1));
            if (values.size() == size) {
                return new Cursor(values);
            }
        } catch (IllegalArgumentException e) {
            // answered below
        }
        throw Problem.badRequest(
                "bad_cursor",
                "The cursor is not one this list gave. Start again without it, or send next_cursor unchanged.");
    }

    public String get(int index) {
        return values.get(index);
    }
}
