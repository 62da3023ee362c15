package dev.ronde.check.derive.net;

/** A rule set that tells more situations apart than can be looked at one by one; nothing was judged. */
public final class TooComplexException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooComplexException(String what) {
        super("too many combinations of " + what + " to judge every one of them");
    }
}
