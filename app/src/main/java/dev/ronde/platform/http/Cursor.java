package dev.ronde.platform.http;

import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The place after which a list goes on: the keyset values of its last item, opaque outside. */
public record Cursor(List<String> values) {
    private static final String SEPARATOR = "\u001f";
    private static final int MARK_BYTES = 9;

    public static Cursor of(Object... values) {
        return new Cursor(Arrays.stream(values).map(String::valueOf).toList());
    }

    /** The text that goes outside. */
    public String encode() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, values).getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a cursor with that many values; anything else is a 400. */
    public static Cursor decode(String text, int size) {
        try {
            String joined = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            List<String> values = List.of(joined.split(SEPARATOR, -1));
            if (values.size() == size) {
                return new Cursor(values);
            }
        } catch (IllegalArgumentException e) {
            // answered below
        }
        throw bad();
    }

    /** The cursor as it goes outside: bound to the list it was given for. */
    static String bound(String cursor, String list) {
        return cursor + '.' + mark(list, cursor);
    }

    /**
     * The cursor within one that came back.
     *
     * @throws Problem 400 where it was given for another list or is none
     */
    static String unbound(String text, String list) {
        int end = text.lastIndexOf('.');
        if (end < 0) {
            throw bad();
        }
        String cursor = text.substring(0, end);
        if (!text.equals(bound(cursor, list))) {
            throw Problem.badRequest(
                    "bad_cursor",
                    "The cursor was changed, or given for another list or for other filters. Send it with the parameters of"
                            + " the page it came with (limit may change), or start again without it.");
        }
        return cursor;
    }

    private static String mark(String list, String cursor) {
        byte[] digest = Sha256.digest().digest((list + '\n' + cursor).getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, MARK_BYTES));
    }

    static Problem bad() {
        return Problem.badRequest(
                "bad_cursor",
                "The cursor is not one this list gave. Start again without it, or send next_cursor unchanged.");
    }

    public String get(int index) {
        return values.get(index);
    }

    /** Throws 400 if the value is not an id. */
    public UUID uuid(int index) {
        return read(index, UUID::fromString);
    }

    /** Throws 400 if the value is not an instant. */
    public Instant instant(int index) {
        return read(index, Instant::parse);
    }

    /** Throws 400 if the value is not a day. */
    public LocalDate day(int index) {
        return read(index, LocalDate::parse);
    }

    /** Throws 400 if the value is not a whole number. */
    public long number(int index) {
        return read(index, Long::parseLong);
    }

    private <T> T read(int index, Function<String, T> reader) {
        try {
            return reader.apply(get(index));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw bad();
        }
    }
}
