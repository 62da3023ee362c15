package dev.ronde.inbound.message;

import java.text.Normalizer;
import java.util.Locale;

/** Text as it is compared with words: NFKC, lower case, without accents, one kind of apostrophe, dash and blank. */
public final class Folding {
    private Folding() {}

    /** The folded line, stripped; emoji and the asterisks and underscores of bold text are dropped. */
    public static String line(String text) {
        String apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
        StringBuilder folded = new StringBuilder(apart.length());
        boolean blank = true;
        for (int at = 0; at < apart.length(); at += Character.charCount(apart.codePointAt(at))) {
            int point = apart.codePointAt(at);
            int plain = plain(point);
            if (plain == ' ') {
                if (!blank) {
                    folded.append(' ');
                }
                blank = true;
            } else if (plain >= 0) {
                folded.appendCodePoint(Character.toLowerCase(plain));
                blank = false;
            }
        }
        return folded.toString().strip().toLowerCase(Locale.ROOT);
    }

    /** Returns -1 for a code point to drop. */
    private static int plain(int point) {
        if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
            return ' ';
        }
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT, Character.CONTROL -> -1;
            case Character.OTHER_SYMBOL, Character.MODIFIER_SYMBOL, Character.SURROGATE, Character.UNASSIGNED ->
                point == '`' || point == 0xB4 ? '\'' : -1;
            default ->
                switch (point) {
                    case 0x2018, 0x2019, 0x201B, 0x2032, 0x02BC -> '\'';
                    case 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212 -> '-';
                    case 0x0152, 0x0153 -> 'o';
                    case '*', '_' -> -1;
                    default -> point;
                };
        };
    }
}
