package dev.ronde.mail.inbound;

import java.util.Set;
import java.util.regex.Pattern;

/** Text that is there to be read as taken back. */
final class Strikes {
    private static final Set<String> NAMES = Set.of("s", "strike", "del");
    /** Signs that strike out the letter before them. */
    private static final Pattern SIGNS = Pattern.compile("[\\u0335-\\u0338]");

    private Strikes() {}

    /** Whether elements of this name strike out what is in them. */
    static boolean element(String name) {
        return NAMES.contains(name);
    }

    /** Whether letters of a plain text are struck out. */
    static boolean in(String line) {
        return SIGNS.matcher(line).find();
    }
}
