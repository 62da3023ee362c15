package dev.ronde.review.plan;

/**
 * One thing wrong with a plan, said so that its author can mend it.
 *
 * @param line of the file, counted from 1
 * @param pointer JSON pointer (RFC 6901) into the document
 * @param code stable word for programs
 * @param field whose value it is; empty where the reason names it itself
 * @param reason what is wrong and what to write instead
 */
public record PlanFault(int line, String pointer, String code, String field, Reason reason) {
    /** The code for text that is not YAML. */
    public static final String SYNTAX = "syntax";

    PlanFault(int line, String pointer, String code, Reason reason) {
        this(line, pointer, code, "", reason);
    }

    public String message() {
        return (field.isEmpty() ? "" : "'" + field + "': ") + reason.sentence();
    }

    /** One line of English. */
    public String sentence() {
        return "line " + line + ": " + message();
    }
}
