package dev.ronde.catalogue.cel;

import org.jspecify.annotations.Nullable;

/** An expression that cannot be compiled: syntax, an unknown field, a wrong type, or a limit. */
public final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    SyntaxException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public String problem() {
        return String.valueOf(getMessage());
    }
}
