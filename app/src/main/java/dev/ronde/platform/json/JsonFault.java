package dev.ronde.platform.json;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** Says where and why a text is no JSON, in our words: those of the reading library are about its insides. */
public final class JsonFault {
    private static final int SHOWN = 40;

    private static final List<Known> KNOWN = List.of(
            new Known("^Unexpected end-of-input.*quote", "a text does not end; its closing quote is missing"),
            new Known("^Unexpected end-of-input", "it ends too early; a bracket or brace is not closed"),
            new Known("^Unexpected close marker '(.)': expected '(.)'", "a %2$s is expected where a %1$s stands"),
            new Known("^Unexpected close marker '(.)'", "the %1$s closes nothing"),
            new Known("^Duplicate \\w+ property \"(.*?)\"", "the key \"%1$s\" stands twice; keep one"),
            new Known(
                    "^Unrecognized token '(.*?)'",
                    "%1$s is not a value; texts are in double quotes, and true, false and null are written like this"),
            new Known("^Non-standard token '(.*?)'", "%1$s is not a JSON value"),
            new Known(
                    "^Unrecognized character escape", "no such character is written with a backslash; write it twice"),
            new Known(
                    "^Illegal unquoted character",
                    "a text holds a line break or control character; write \\n for a line break"),
            new Known("^Illegal character", "a control character stands outside a text"),
            new Known("numeric value", "this is not a JSON number; write 7, -7 or 0.7"),
            new Known(
                    "^Unexpected character \\('(.)'.*double-quote",
                    "a key in double quotes is expected, not %1$s; look for a comma too many"),
            new Known("^Unexpected character \\('(.)'.*comma", "a comma is missing before %1$s"),
            new Known("^Unexpected character \\('(.)'.*colon", "a colon is missing before %1$s"),
            new Known("^Unexpected character \\('(.)'", "a value is expected, not %1$s"),
            new Known("nesting depth", "it is nested too deep"),
            new Known("^Trailing token", "something follows the document; send one"));

    private JsonFault() {}

    private record Known(Pattern said, String words) {
        Known(String said, String words) {
            this(Pattern.compile(said), words);
        }
    }

    /** Line, column (both from 1) and what is wrong there. */
    public static String of(JacksonException failure) {
        TokenStreamLocation place = failure.getLocation();
        String words = words(String.valueOf(failure.getOriginalMessage()));
        return place == null || place.getLineNr() < 1
                ? words
                : "line " + place.getLineNr() + ", column " + place.getColumnNr() + ": " + words;
    }

    private static String words(String message) {
        for (Known known : KNOWN) {
            Matcher matcher = known.said().matcher(message);
            if (matcher.find()) {
                Object[] pieces = new Object[matcher.groupCount()];
                for (int i = 0; i < pieces.length; i++) {
                    String piece = String.valueOf(matcher.group(i + 1));
                    pieces[i] = piece.length() > SHOWN ? piece.substring(0, SHOWN) + "…" : piece;
                }
                return String.format(known.words(), pieces);
            }
        }
        return "this cannot be read as JSON";
    }
}
