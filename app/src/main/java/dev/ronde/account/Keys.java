package dev.ronde.account;

import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.problem.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;

/** Reads ids and instants that came from outside; whatever does not fit was not given by us. */
final class Keys {
    private Keys() {}

    static Instant instant(Cursor cursor, int index) {
        try {
            return Instant.parse(cursor.get(index));
        } catch (DateTimeException e) {
            throw badCursor();
        }
    }

    static UUID id(Cursor cursor, int index) {
        try {
            return UUID.fromString(cursor.get(index));
        } catch (IllegalArgumentException e) {
            throw badCursor();
        }
    }

    /** The id in a path; 404 when it is none. */
    static UUID pathId(String what, String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound(what, Names.clean(text));
        }
    }

    private static Problem badCursor() {
        return Problem.badRequest(
                "bad_cursor",
                "The cursor is not one this list gave. Start again without it, or send next_cursor unchanged.");
    }
}
