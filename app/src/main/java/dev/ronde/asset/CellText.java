package dev.ronde.asset;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Cleans the text of one cell and refuses what would lie to a reader: line breaks where there is one line, control characters,
 * bidirectional controls (Unicode TR36, "Trojan Source") and invisible characters. Markup and formulas are plain text here; pages
 * escape them and exports guard them.
 */
final class CellText {
    private CellText() {}

    static String line(String raw, int max) {
        return clean(raw, max, false);
    }

    static String lines(String raw, int max) {
        return clean(raw.replace("\r\n", "\n").replace('\r', '\n'), max, true);
    }

    private static String clean(String raw, int max, boolean lines) {
        String text = Normalizer.normalize(strip(raw), Normalizer.Form.NFC);
        text.codePoints().forEach(point -> check(point, lines));
        int characters = text.codePointCount(0, text.length());
        if (characters > max) {
            throw new CellRefused("too_long", max, characters);
        }
        return text;
    }

    private static void check(int point, boolean lines) {
        if (point == '\n' || point == '\r' || point == 0x2028 || point == 0x2029 || point == 0x85) {
            if (!lines) {
                throw new CellRefused("line_break");
            }
        } else if (point == 0xFFFD) {
            throw new CellRefused("bad_encoding");
        } else if (bidirectional(point)) {
            throw new CellRefused("bidi_control", name(point));
        } else if (invisible(point)) {
            throw new CellRefused("invisible_character", name(point));
        } else if (refused(point) && !(lines && point == '\t')) {
            throw new CellRefused("control_character", name(point));
        }
    }

    private static boolean refused(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL || type == Character.SURROGATE || type == Character.UNASSIGNED;
    }

    private static boolean bidirectional(int point) {
        return point == 0x061C
                || point == 0x200E
                || point == 0x200F
                || (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069);
    }

    private static boolean invisible(int point) {
        return point == 0x200B || point == 0x2060 || point == 0xFEFF || point == 0x00AD;
    }

    private static String name(int point) {
        return String.format(Locale.ROOT, "U+%04X", point);
    }

    /** Takes blanks of every kind off both ends, the no-break space of spreadsheets included. */
    static String strip(String raw) {
        int from = 0;
        int to = raw.length();
        while (from < to && blank(raw.charAt(from))) {
            from++;
        }
        while (to > from && blank(raw.charAt(to - 1))) {
            to--;
        }
        return raw.substring(from, to);
    }

    private static boolean blank(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }
}
