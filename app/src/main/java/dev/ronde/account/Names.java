package dev.ronde.account;

import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Cut;
import dev.ronde.platform.text.TextFault;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names as people may give them: one line, nothing that would lie to a reader ({@link TextFault}), at most 200 characters. */
public final class Names {
    static final String TOO_LONG = "too_long";

    private static final Pattern HARMFUL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\u2028\\u2029]");
    private static final int LONGEST = 200;

    private Names() {}

    /**
     * The name of a person, blanks collapsed; may be empty.
     *
     * @throws Problem 422 where it has more than 200 characters or one that would lie: a name is never changed behind somebody's back
     */
    static String ofPerson(String name) {
        String whole = given(name);
        if (isTooLong(whole)) {
            throw Problem.invalid(
                    "/name",
                    TOO_LONG,
                    "A name has at most " + LONGEST + " characters, this one " + characters(whole) + ".");
        }
        return whole;
    }

    /**
     * A name as it was given, blanks collapsed, however long.
     *
     * @throws Problem 422 where a character would lie to a reader
     */
    public static String given(String name) {
        fault(name).ifPresent(fault -> {
            throw Problem.invalid("/name", fault.code(), "Name: " + fault.english() + ".");
        });
        return spaced(name);
    }

    /** What is wrong with the characters of a name; the pages say it as {@code account.name.<code>}. */
    static Optional<TextFault> fault(String name) {
        return TextFault.inLine(spaced(name));
    }

    static String spaced(String name) {
        return name.strip().replaceAll("\\h+", " ");
    }

    static boolean isTooLong(String name) {
        return characters(spaced(name)) > LONGEST;
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    /** A text that is shown again or comes from a file: without harmful characters, blanks collapsed, shortened to 200 characters. */
    public static String clean(String name) {
        return Cut.to(oneLine(name), LONGEST).strip();
    }

    private static String oneLine(String name) {
        return HARMFUL.matcher(name).replaceAll(" ").strip().replaceAll("\\s+", " ");
    }
}
