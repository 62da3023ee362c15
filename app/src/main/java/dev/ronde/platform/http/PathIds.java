package dev.ronde.platform.http;

import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Cut;
import io.javalin.http.Context;
import java.util.UUID;

/** Reads ids that came from outside; whatever does not fit was not given by us. */
public final class PathIds {
    private static final int LONGEST_SHOWN = 100;

    private PathIds() {}

    /** The id in this place of the path; 404 when it is none. */
    public static UUID of(Context context, String place, String what) {
        return of(what, context.pathParam(place));
    }

    /** The id that this text is; 404 when it is none. */
    public static UUID of(String what, String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            String shown = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ");
            throw Problem.notFound(what, Cut.to(shown, LONGEST_SHOWN));
        }
    }
}
