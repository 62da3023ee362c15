package dev.ronde.mail.inbound;

import java.util.regex.Pattern;

/** Characters that stand in the text read of a mail for what letters cannot say; folding drops them. */
final class Marks {
    /** Stands before and after text that is struck out. */
    static final char STRUCK = '\u001a';
    /** Stands before text that a reader may not see. */
    static final char UNSURE = '\u0019';
    /** A line with it stands for a quoted passage. */
    static final char QUOTED = '\u0018';
    /** A quoted mail follows a line with it. */
    static final char BEGINS = '\u0017';

    private static final Pattern SIGNS = Pattern.compile("[\\u0335-\\u0338]");

    private Marks() {}

    static boolean struck(String line) {
        return line.indexOf(STRUCK) >= 0;
    }

    static boolean strikes(String line) {
        return SIGNS.matcher(line).find();
    }

    static boolean in(String line) {
        return struck(line) || line.indexOf(UNSURE) >= 0;
    }

    static String shown(String line) {
        return line.replace(String.valueOf(STRUCK), "~~")
                .replace(String.valueOf(UNSURE), "")
                .stripTrailing();
    }
}
