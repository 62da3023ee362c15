package dev.ronde.platform.http;

import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.IsoDates;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The query parameters of a request, read strictly: a wrong value is a 400 that says what to write. */
public final class Query {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    private final Map<String, String> values;

    Query(Map<String, String> values) {
        values.forEach((name, value) -> {
            if (value.indexOf(0) >= 0) {
                throw Problem.badRequest(
                                "bad_parameter", "The parameter " + name + " holds the character U+0000. Leave it out.")
                        .values(name, "U+0000");
            }
        });
        this.values = values;
    }

    /** Reads parameters that were kept in encoded form, as {@code a=1&b=2}; one that is not known is a 400. */
    public static Query decoded(String encoded, List<String> known) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : encoded.isEmpty() ? new String[0] : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!known.contains(name)) {
                throw unknown(name, known);
            }
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            values.put(name, URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return new Query(values);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(text -> !text.isBlank());
    }

    public Optional<Boolean> flag(String name) {
        return text(name).map(text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw bad(name, text, "true or false");
        });
    }

    public Optional<Integer> integer(String name) {
        return read(name, "a whole number", Integer::valueOf);
    }

    public Optional<LocalDate> date(String name) {
        return read(name, "a date such as 2026-12-31", IsoDates::date);
    }

    public Optional<Instant> instant(String name) {
        return read(name, "an instant such as 2026-12-31T00:00:00Z", IsoDates::instant);
    }

    private <T> Optional<T> read(String name, String accepted, Function<String, T> reader) {
        return text(name).map(text -> {
            try {
                return reader.apply(text);
            } catch (IllegalArgumentException | DateTimeException e) {
                throw bad(name, text, accepted);
            }
        });
    }

    public <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(constant.name().toLowerCase(Locale.ROOT), constant);
        }
        String accepted = "one of " + String.join(", ", words.keySet());
        return text(name)
                .map(text -> Optional.ofNullable(words.get(text)).orElseThrow(() -> bad(name, text, accepted)));
    }

    /** Items a page may hold: 50 unless asked, 500 at most. */
    public int limit() {
        int limit = integer("limit").orElse(DEFAULT_LIMIT);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw bad("limit", String.valueOf(limit), "a number from 1 to " + MAX_LIMIT);
        }
        return limit;
    }

    public Optional<Cursor> cursor(int size) {
        return text("cursor").map(text -> Cursor.decode(text, size));
    }

    public Map<String, String> values() {
        return values;
    }

    static Problem unknown(String name, List<String> known) {
        return Problem.badRequest(
                        "unknown_parameter",
                        "The parameter " + name + " is unknown here. "
                                + (known.isEmpty()
                                        ? "This address takes none."
                                        : "Known: " + String.join(", ", known) + "."))
                .values(name, String.join(", ", known));
    }

    /** The same question for as many as a page may hold, after a cursor or from the start. */
    Query following(@Nullable String cursor) {
        Map<String, String> next = new LinkedHashMap<>(values);
        next.remove("sort");
        next.put("limit", String.valueOf(MAX_LIMIT));
        next.put("cursor", cursor == null ? "" : cursor);
        return new Query(next);
    }

    private static Problem bad(String name, String text, String accepted) {
        return Problem.badRequest(
                        "bad_parameter", "The parameter " + name + " is \"" + text + "\": write " + accepted + ".")
                .values(name, text);
    }
}
