package dev.ronde.platform.http;

import dev.ronde.platform.json.JsonFault;
import dev.ronde.platform.problem.Problem;
import java.time.LocalDate;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says in words of the API what is wrong with a JSON body; names of the program never reach its caller. */
final class JsonProblems {
    private JsonProblems() {}

    /** 400 for invalid JSON and, with a pointer, for an unknown key; 422 with a pointer for an unfit value. */
    static Problem of(JacksonException failure) {
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return Problem.invalid(
                    pointer(unknown),
                    Problem.UNKNOWN_FIELD,
                    "The field " + unknown.getPropertyName() + " is unknown. " + known(unknown));
        }
        if (failure instanceof InvalidFormatException format) {
            return Problem.invalid(
                    pointer(format),
                    "bad_value",
                    "The value \"" + format.getValue() + "\" does not fit: write " + accepted(format.getTargetType())
                            + ".");
        }
        if (failure instanceof StreamReadException) {
            return Problem.badRequest("bad_json", "The body is not valid JSON: " + JsonFault.of(failure) + ".");
        }
        if (failure instanceof DatabindException databind) {
            if (databind.getCause() instanceof Problem problem) {
                return problem;
            }
            Class<?> type = databind instanceof MismatchedInputException mismatched ? mismatched.getTargetType() : null;
            return Problem.invalid(
                    pointer(databind), "bad_value", "The value does not fit: write " + accepted(type) + ".");
        }
        return Problem.badRequest("bad_json", "The body is not valid JSON.");
    }

    private static String known(UnrecognizedPropertyException failure) {
        Collection<Object> known = failure.getKnownPropertyIds();
        return known == null || known.isEmpty()
                ? "Nothing is asked for here: send {} or no body."
                : "Known: " + known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", ")) + ".";
    }

    private static String pointer(DatabindException failure) {
        return failure.getPath().stream()
                .map(step -> "/"
                        + (step.getPropertyName() == null ? String.valueOf(step.getIndex()) : step.getPropertyName()))
                .collect(Collectors.joining());
    }

    private static String accepted(@Nullable Class<?> type) {
        if (type == null) {
            return "what the description of the API (/api/openapi.yaml) says";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        if (type == LocalDate.class) {
            return "a date such as 2026-12-31";
        }
        if (Temporal.class.isAssignableFrom(type)) {
            return "an instant such as 2026-12-31T00:00:00Z";
        }
        if (List.class.isAssignableFrom(type) || type.isArray()) {
            return "an array";
        }
        if (type == UUID.class) {
            return "an id as the API gave it";
        }
        return scalar(type);
    }

    private static String scalar(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        }
        if (type == String.class) {
            return "a text in quotes";
        }
        return type.isPrimitive() || Number.class.isAssignableFrom(type) ? "a number" : "an object";
    }
}
