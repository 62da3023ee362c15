package dev.ronde.catalogue.cel;

import org.jspecify.annotations.Nullable;

/**
 * Result of one expression.
 *
 * @param truth true, false or not to be told
 * @param problem why it could not be told, null otherwise; names no fact values
 */
public record Verdict(Truth truth, @Nullable String problem) {
    /** Three values: an expression that breaks is neither true nor false. */
    public enum Truth {
        /** It holds. */
        TRUE,
        /** It is proven not to hold. */
        FALSE,
        /** It broke: a fact is absent, a value overflowed, or the result is no boolean. */
        ERROR,
        /** It was stopped by its budget. */
        BUDGET
    }

    static Verdict of(boolean value) {
        return new Verdict(value ? Truth.TRUE : Truth.FALSE, null);
    }

    public boolean holds() {
        return truth == Truth.TRUE;
    }

    public boolean isFalse() {
        return truth == Truth.FALSE;
    }
}
