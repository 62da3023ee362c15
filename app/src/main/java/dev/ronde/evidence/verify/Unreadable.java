package dev.ronde.evidence.verify;

/** The input is not a bundle at all: exit code 1; or one in another form than Ronde writes: that of the layout step. */
final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    Unreadable(String message) {
        this(1, message);
    }

    private Unreadable(int code, String message) {
        super(message);
        this.code = code;
    }

    static Unreadable layout(String message) {
        return new Unreadable(Step.V13.code(), message);
    }

    int code() {
        return code;
    }
}
