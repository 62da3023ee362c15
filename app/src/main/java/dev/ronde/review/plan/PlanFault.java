package dev.ronde.review.plan;

/**
 * One thing wrong with a plan, said so that its author can mend it.
 *
 * @param line of the file, counted from 1
 * @param pointer JSON pointer (RFC 6901) into the document
 * @param code stable word for programs
 * @param message what is wrong and what to write instead
 */
public record PlanFault(int line, String pointer, String code, String message) {
    /** The code of a text that is no YAML at all. */
    public static final String SYNTAX = "syntax";

    /** The fault as one line of text. */
    public String sentence() {
        return "line " + line + ": " + message;
    }
}
