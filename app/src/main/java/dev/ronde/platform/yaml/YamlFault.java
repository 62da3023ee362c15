package dev.ronde.platform.yaml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** What can be wrong with text that is no YAML, in our words: those of the reading library are about its insides. */
public enum YamlFault {
    INDENTATION(
            "^mapping values are not allowed|^while parsing a block (collection|mapping)|expected <block end>",
            "this does not fit the lines above; look at the indentation and for a dash or a colon too many"),
    BRACKET("^while parsing a flow", "a bracket or brace is not closed, or a comma is missing"),
    QUOTE("^while scanning a quoted scalar", "a text in quotes does not end; close the quote"),
    ESCAPE(
            "^while scanning a double-quoted scalar",
            "a backslash in double quotes begins a character that is none; use single quotes, or write the backslash twice"),
    CHARACTER(
            "^while scanning for the next token|^while parsing a block node|^special characters",
            "no value begins with this character; put the value in quotes, and indent with spaces"),
    COLON("^while scanning a simple key", "a key stands here without its colon, or a line is indented too little"),
    BROKEN("", "this cannot be read as YAML");

    private static final Pattern DUPLICATE = Pattern.compile("^Duplicate \\w+ property \"([^\"]{1,80})\"");

    private static final Pattern SAID_LINE = Pattern.compile("\\bin [^\\n]{0,40}?reader, line ([0-9]{1,9}),");

    private final Pattern said;
    private final String words;

    YamlFault(String said, String words) {
        this.said = Pattern.compile(said);
        this.words = words;
    }

    /** Returns {@link #BROKEN} for an unknown message of the library. */
    static YamlFault of(@Nullable String message) {
        String said = message == null ? "" : message;
        for (YamlFault fault : values()) {
            if (fault.said.matcher(said).find()) {
                return fault;
            }
        }
        return BROKEN;
    }

    public static String words(@Nullable String message) {
        Matcher duplicate = DUPLICATE.matcher(message == null ? "" : message);
        return duplicate.find() ? "the key '" + duplicate.group(1) + "' stands twice; keep one" : of(message).words;
    }

    /**
     * The line of a fault, from 1; 0 where it has none. The library counts the lines of its own faults from 0, but not in their words;
     * there the last place is that of the fault.
     */
    public static int line(JacksonException failure) {
        Matcher said = SAID_LINE.matcher(String.valueOf(failure.getOriginalMessage()));
        int line = 0;
        while (said.find()) {
            line = Integer.parseInt(said.group(1));
        }
        if (line > 0) {
            return line;
        }
        return failure.getLocation() == null
                ? 0
                : Math.max(0, failure.getLocation().getLineNr());
    }
}
