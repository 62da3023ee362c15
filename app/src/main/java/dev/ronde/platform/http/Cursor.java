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
import java.util.zip.CRC32;

/** The place after which a list goes on: the keyset values of its last item, opaque outside. */
public record Cursor(List<String> values) {
    private static final String SEPARATOR = "\u001f";
    private static final int MARK_BYTES = 9;

    public static Cursor of(Object... values) {
        return new Cursor(Arrays.stream(values).map(String::valueOf).toList());
    }

    /** The text that goes outside: the values, and a checksum by which a cursor that was cut short is noticed. */
    public String encode() {
        String joined = String.join(SEPARATOR, values);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((checksum(joined) + SEPARATOR + joined).getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a cursor with that many values; anything else is a 400. */
    public static Cursor decode(String text, int size) {
        try {
            String whole = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int end = whole.indexOf(SEPARATOR);
            String joined = whole.substring(end + 1);
            List<String> values = List.of(joined.split(SEPARATOR, -1));
            if (end > 0 && whole.substring(0, end).equals(checksum(joined)) && values.size() == size) {
                return new Cursor(values);
            }
        } catch (IllegalArgumentException e) {
            // answered below
        }
        throw bad();
    }

    private static String checksum(String joined) {
        CRC32 sum = new CRC32();
        sum.update(joined.getBytes(StandardCharsets.UTF_8));
        return Long.toString(sum.getValue(), Character.MAX_RADIX);
    }

    /** The cursor as it goes outside: bound to the list it was given for. */
    static String bound(String cursor, String list) {
        return cursor + '.' + mark(list);
    }

    /**
     * The cursor within one that came back.
     *
     * @throws Problem 400 where it was given for another list or is none
     */
    static String unbound(String text, String list) {
        int end = text.lastIndexOf('.');
        String mark = mark(list);
        if (end < 0 || text.length() - end - 1 != mark.length()) {
            throw bad();
        }
        if (!text.endsWith(mark)) {
            throw Problem.badRequest(
                    "bad_cursor",
                    "The cursor was given for another list or for other filters. Send it with the parameters of the page "
                            + "it came with (limit may change), or start again without it.");
        }
        return text.substring(0, end);
    }

    private static String mark(String list) {
        byte[] digest = Sha256.digest().digest(list.getBytes(StandardCharsets.UTF_8));
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
