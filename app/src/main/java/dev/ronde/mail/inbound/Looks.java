package dev.ronde.mail.inbound;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How a tag makes the text in it look, as far as that changes what a reader sees of it: not at all, or struck out. */
final class Looks {
    private static final Set<String> STRIKES = Set.of("s", "strike", "del");
    private static final Pattern UNSEEN = Pattern.compile("(?<![a-z-])(?:display:none|visibility:(?:hidden|collapse)"
            + "|mso-hide:all|(?:font-size|max-height|opacity):0(?:\\.0{0,9})?(?:px|pt|em|rem|%)?(?=[;\"'!]|$))");
    private static final Pattern VALUE = Pattern.compile("=\\s{0,9}(?:\"[^\"]*\"|'[^']*'|[^\\s\"']+)");
    private static final Pattern HIDDEN = Pattern.compile("(?:^|\\s)hidden(?:\\s|/|$)");
    /** Signs that strike out the letter before them. */
    private static final Pattern STRUCK = Pattern.compile("[\\u0335-\\u0338]");

    private Looks() {}

    /** Whether nobody sees the text.
     *
     * @param attributes in lower case */
    static boolean hidden(String attributes) {
        if (attributes.contains("style") && UNSEEN.matcher(tight(attributes)).find()) {
            return true;
        }
        return attributes.contains("hidden")
                && HIDDEN.matcher(VALUE.matcher(attributes).replaceAll(" ")).find();
    }

    /** Whether the text is there to be read as taken back.
     *
     * @param attributes in lower case */
    static boolean struck(String name, String attributes) {
        return STRIKES.contains(name.toLowerCase(Locale.ROOT))
                || (attributes.contains("line-through") && attributes.contains("text-decoration"));
    }

    /** Whether letters of a plain text are struck out. */
    static boolean struck(String line) {
        return STRUCK.matcher(line).find();
    }

    private static String tight(String attributes) {
        return attributes.replaceAll("\\s", "");
    }
}
