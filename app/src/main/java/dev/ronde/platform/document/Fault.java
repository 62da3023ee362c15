package dev.ronde.platform.document;

import dev.ronde.platform.problem.FieldError;

/**
 * One thing wrong with a document, said so that its author can mend it.
 *
 * @param line of the file, counted from 1; 0 for the whole, and for a document without lines
 * @param pointer JSON pointer (RFC 6901) into the document
 * @param code stable word for programs
 * @param field whose value it is; empty where the reason names it itself
 * @param reason what is wrong and what to write instead
 */
public record Fault(int line, String pointer, String code, String field, Reason reason) {
    /** The code for text that cannot be read at all. */
    public static final String SYNTAX = "syntax";

    public static final String BAD_VALUE = "bad_value";

    public Fault(int line, String pointer, String code, Reason reason) {
        this(line, pointer, code, "", reason);
    }

    public String message() {
        return (field.isEmpty() ? "" : "'" + field + "': ") + reason.sentence();
    }

    /** One line of English, with the line of the file if there is one. */
    public String sentence() {
        return (line > 0 ? "line " + line + ": " : "") + message();
    }

    public FieldError error() {
        return new FieldError(pointer, code, sentence());
    }
}
