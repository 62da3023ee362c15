package dev.ronde.platform.problem;

/**
 * One thing wrong with one place of the input.
 *
 * @param pointer JSON pointer (RFC 6901) or field name of the place
 * @param code stable word for programs, such as {@code not_an_email}
 * @param message sentence for people that says what to write instead
 */
public record FieldError(String pointer, String code, String message) {
    /** Returns the same of a place below {@code parent}, a pointer. */
    public FieldError under(String parent) {
        return new FieldError(parent + pointer, code, message);
    }
}
