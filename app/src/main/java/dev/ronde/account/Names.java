package dev.ronde.account;

import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Cut;
import java.util.regex.Pattern;

/** Names as people may give them: one line, no control or direction-changing characters, at most 200 characters. */
public final class Names {
    /** Code of a name that is longer. */
    static final String TOO_LONG = "too_long";

    private static final Pattern HARMFUL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\u2028\\u2029]");
    private static final int LONGEST = 200;

    private Names() {}

    /**
     * The name of a person, without harmful characters, blanks collapsed; may be empty.
     *
     * @throws Problem 422 where it has more than 200 characters: a name is never shortened behind somebody's back
     */
    static String ofPerson(String name) {
        String whole = oneLine(name);
        if (isTooLong(whole)) {
            throw Problem.invalid(
                    "/name",
                    TOO_LONG,
                    "A name has at most " + LONGEST + " characters, this one " + characters(whole) + ".");
        }
        return whole;
    }

    static boolean isTooLong(String name) {
        return characters(oneLine(name)) > LONGEST;
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The name without harmful characters, blanks collapsed, shortened to 200 characters; may be empty. */
    public static String clean(String name) {
        return Cut.to(oneLine(name), LONGEST).strip();
    }

    /** The name without harmful characters, blanks collapsed, however long. */
    static String oneLine(String name) {
        return HARMFUL.matcher(name).replaceAll(" ").strip().replaceAll("\\s+", " ");
    }
}
