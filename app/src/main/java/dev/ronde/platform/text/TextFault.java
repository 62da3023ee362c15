package dev.ronde.platform.text;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What would lie to a reader of a text: line breaks where there is one line, control characters, bidirectional controls (Unicode TR36,
 * "Trojan Source") and invisible characters. It is refused wherever people give names and texts, never dropped behind their back.
 *
 * @param code {@code line_break}, {@code bad_encoding}, {@code bidi_control}, {@code invisible_character} or {@code control_character}
 * @param character as {@code U+202E}; empty where it says nothing to a reader
 */
public record TextFault(String code, String character) {
    public static Optional<TextFault> inLine(String text) {
        return first(text, false);
    }

    public static Optional<TextFault> inLines(String text) {
        return first(text, true);
    }

    /** The sentence for programs and logs; pages say it in the reader's language. */
    public String english() {
        return switch (code) {
            case "line_break" -> "there is a line break in this value; write it on one line";
            case "bad_encoding" -> "a character could not be read; send the text as UTF-8";
            case "bidi_control" ->
                "there is a character that changes the writing direction (" + character
                        + ") in this value; type the value again";
            case "invisible_character" ->
                "there is an invisible character (" + character + ") in this value; type the value again";
            default -> "there is a control character (" + character + ") in this value; type the value again";
        };
    }

    private static Optional<TextFault> first(String text, boolean lines) {
        return text.codePoints()
                .mapToObj(point ->
                        Optional.ofNullable(code(point, lines)).map(code -> new TextFault(code, shown(code, point))))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static String shown(String code, int point) {
        boolean plain = code.equals("line_break") || code.equals("bad_encoding");
        return plain ? "" : String.format(Locale.ROOT, "U+%04X", point);
    }

    private static @Nullable String code(int point, boolean lines) {
        if (point == '\n' || point == '\r' || point == 0x2028 || point == 0x2029 || point == 0x85) {
            return lines ? null : "line_break";
        }
        if (point == 0xFFFD) {
            return "bad_encoding";
        }
        if (bidirectional(point)) {
            return "bidi_control";
        }
        if (point == 0x200B || point == 0x2060 || point == 0xFEFF || point == 0x00AD) {
            return "invisible_character";
        }
        int type = Character.getType(point);
        boolean refused = type == Character.CONTROL || type == Character.SURROGATE || type == Character.UNASSIGNED;
        return refused && !(lines && point == '\t') ? "control_character" : null;
    }

    private static boolean bidirectional(int point) {
        return point == 0x061C
                || point == 0x200E
                || point == 0x200F
                || (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069);
    }
}
