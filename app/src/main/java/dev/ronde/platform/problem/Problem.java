package dev.ronde.platform.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The one error of the product, shown as RFC 9457 problem outside. The message says what to do, never what a stack trace says. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public static final String UNKNOWN_FIELD = "unknown_field";

    private final int status;
    private final String code;
    private final transient List<FieldError> errors;
    private final transient Map<String, Object> extra = new LinkedHashMap<>();
    private transient List<String> values = List.of();

    private Problem(int status, String code, String message, List<FieldError> errors) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.errors = List.copyOf(errors);
    }

    public static Problem of(int status, String code, String message) {
        return new Problem(status, code, message, List.of());
    }

    public static Problem badRequest(String code, String message) {
        return of(400, code, message);
    }

    public static Problem unauthorized(String message) {
        return of(401, "unauthorized", message);
    }

    public static Problem forbidden(String message) {
        return of(403, "forbidden", message);
    }

    public static Problem notFound(String what, Object id) {
        return of(404, "not_found", "There is no " + what + " " + id + ".").values(String.valueOf(id));
    }

    public static Problem conflict(String code, String message) {
        return of(409, code, message);
    }

    public static Problem preconditionFailed(String message) {
        return of(412, "precondition_failed", message);
    }

    public static Problem tooLarge(String message) {
        return of(413, "too_large", message);
    }

    public static Problem invalid(String pointer, String code, String message) {
        return invalid(List.of(new FieldError(pointer, code, message)));
    }

    /**
     * Input that cannot be accepted; each error names its place. It is 422 where it was understood, and 400 as soon as one of its fields is
     * unknown, as for a parameter.
     */
    public static Problem invalid(List<FieldError> errors) {
        boolean understood = errors.stream().noneMatch(error -> error.code().equals(UNKNOWN_FIELD));
        String message = errors.size() == 1
                ? errors.get(0).message()
                : errors.size() + (understood ? " values" : " fields") + " cannot be accepted; see errors.";
        return new Problem(understood ? 422 : 400, understood ? "invalid" : UNKNOWN_FIELD, message, errors);
    }

    public static Problem preconditionRequired(String message) {
        return of(428, "precondition_required", message);
    }

    public static Problem tooMany(Duration retryAfter) {
        long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
        return of(
                        429,
                        "too_many_requests",
                        "Too many requests. Try again in " + seconds + (seconds == 1 ? " second." : " seconds."))
                .with("retry_after", seconds)
                .values(String.valueOf(seconds));
    }

    public static Problem unavailable(String code, String message) {
        return of(503, code, message);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public List<FieldError> errors() {
        return errors;
    }

    /** Further members of the problem document, such as the newer diff of a conflict. */
    public Map<String, Object> extra() {
        return extra;
    }

    public Problem with(String name, Object value) {
        extra.put(name, value);
        return this;
    }

    /** Keeps the values of the sentence, for translation; returns this problem. */
    public Problem values(String... filling) {
        values = List.of(filling);
        return this;
    }

    public List<String> values() {
        return values;
    }

    public String text() {
        String message = getMessage();
        return message == null ? code : message;
    }
}
