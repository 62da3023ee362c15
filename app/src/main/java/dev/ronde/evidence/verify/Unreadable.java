package dev.ronde.evidence.verify;

/** The input is not a bundle at all: exit code 1. */
final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
        super(message);
    }
}
