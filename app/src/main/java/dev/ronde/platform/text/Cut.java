package dev.ronde.platform.text;

/**
 * Shortens a text without cutting a character in two: half of one (a lone surrogate) is refused by the ledger. Lengths are
 * UTF-16 units, the widest measure of the two databases.
 */
public final class Cut {
    private Cut() {}

    /** At most {@code most} UTF-16 units; never splits a surrogate pair. */
    public static String to(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        boolean within = most > 0 && Character.isHighSurrogate(text.charAt(most - 1));
        return text.substring(0, within ? most - 1 : most);
    }

    /** The beginning of the text, at most that many units, with an ellipsis as the last one where something was cut. */
    public static String marked(String text, int most) {
        return text.length() <= most ? text : to(text, most - 1) + "…";
    }
}
