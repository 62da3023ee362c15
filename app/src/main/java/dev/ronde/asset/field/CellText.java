package dev.ronde.asset.field;

import dev.ronde.platform.text.TextFault;
import java.text.Normalizer;

/**
 * Cleans the text of one cell and refuses what would lie to a reader ({@link TextFault}). Markup and formulas are plain text here; pages
 * escape them and exports guard them.
 */
public final class CellText {
    private CellText() {}

    static String line(String raw, int max) {
        return clean(raw, max, false);
    }

    static String lines(String raw, int max) {
        return clean(raw.replace("\r\n", "\n").replace('\r', '\n'), max, true);
    }

    private static String clean(String raw, int max, boolean lines) {
        String text = Normalizer.normalize(strip(raw), Normalizer.Form.NFC);
        (lines ? TextFault.inLines(text) : TextFault.inLine(text)).ifPresent(fault -> {
            throw fault.character().isEmpty()
                    ? new CellRefused(fault.code())
                    : new CellRefused(fault.code(), fault.character());
        });
        int characters = text.codePointCount(0, text.length());
        if (characters > max) {
            throw new CellRefused("too_long", max, characters);
        }
        return text;
    }

    /** The text without blanks of any kind at either end, the no-break space of spreadsheets included. */
    public static String strip(String raw) {
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
