package dev.ronde.platform.document;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be wrong with text that is not YAML, in our words: those of the reading library are about its insides. */
enum SyntaxFault {
    INDENTATION(
            "^mapping values are not allowed|^while parsing a block (collection|mapping)|expected <block end>",
            "this does not fit the lines above; look at the indentation and for a dash or a colon too many"),
    BRACKET("^while parsing a flow", "a bracket or brace is not closed, or a comma is missing"),
    QUOTE("^while scanning a quoted scalar", "a text in quotes does not end; close the quote"),
    ESCAPE(
            "^while scanning a double-quoted scalar",
            "this backslash does not begin a known escape; use single quotes, or write it twice"),
    CHARACTER(
            "^while scanning for the next token|^while parsing a block node|^special characters",
            "no value begins with this character; put the value in quotes, and indent with spaces"),
    COLON("^while scanning a simple key", "a key stands here without its colon, or a line is indented too little"),
    BROKEN("", "this cannot be read as YAML");

    private static final Pattern SAID_LINE = Pattern.compile("\\bin [^\\n]{0,40}?reader, line ([0-9]{1,9}),");

    private final Pattern said;
    private final String words;

    SyntaxFault(String said, String words) {
        this.said = Pattern.compile(said);
        this.words = words;
    }

    /** Returns {@link #BROKEN} for an unknown message of the library. */
    static Reason reason(@Nullable String message) {
        String text = message == null ? "" : message;
        for (SyntaxFault fault : values()) {
            if (fault.said.matcher(text).find()) {
                return Reason.of("yaml_" + fault.name().toLowerCase(Locale.ROOT), fault.words);
            }
        }
        throw new IllegalStateException("the last one fits every message");
    }

    /** The line of a fault, from 1: of several places that the library names the last is that of the fault. */
    static int line(@Nullable String message) {
        Matcher places = SAID_LINE.matcher(message == null ? "" : message);
        int line = 1;
        while (places.find()) {
            line = Integer.parseInt(places.group(1));
        }
        return line;
    }
}
