package dev.ronde.account;

import dev.ronde.platform.problem.Problem;
import java.util.UUID;

/** Reads ids that came from outside; whatever does not fit was not given by us. */
final class Keys {
    private Keys() {}

    /** The id in a path; 404 when it is none. */
    static UUID pathId(String what, String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound(what, Names.clean(text));
        }
    }
}
