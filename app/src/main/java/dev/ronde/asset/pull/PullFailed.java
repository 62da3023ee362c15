package dev.ronde.asset.pull;

/** A place that could not be read; the message says why, and nothing of what was read. */
final class PullFailed extends Exception {
    private static final long serialVersionUID = 1L;

    PullFailed(String message) {
        super(message);
    }
}
