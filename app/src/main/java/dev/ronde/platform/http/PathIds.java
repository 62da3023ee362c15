package dev.ronde.platform.http;

import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Cut;
import io.javalin.http.Context;
import java.util.UUID;

/** Reads ids that came from outside; whatever does not fit was not given by us. */
public final class PathIds {
    private static final int LONGEST_SHOWN = 100;

    private PathIds() {}

    /** Throws 404 if the path does not contain an id in this place. */
    public static UUID of(Context context, String place, String what) {
        return of(what, context.pathParam(place));
    }

    /** Throws 404 if the text is not an id. */
    public static UUID of(String what, String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            String shown = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ");
            throw Problem.notFound(what, Cut.to(shown, LONGEST_SHOWN));
        }
    }
}
