package dev.ronde.platform.problem;

/**
 * One thing wrong with one place of the input.
 *
 * @param pointer JSON pointer (RFC 6901) or field name of the place
 * @param code stable word for programs, such as {@code not_an_email}
 * @param message sentence for people that says what to write instead
 */
public record FieldError(String pointer, String code, String message) {
    public FieldError under(String parent) {
        return new FieldError(parent + pointer, code, message);
    }
}
