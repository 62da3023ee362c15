package dev.ronde.evidence.seal;

/** The database is older than what this node has seen sealed, or it holds another log: going on would fork the history. */
public final class LedgerBehind extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerBehind(String message) {
        super(message);
    }
}
