package dev.ronde.evidence.seal;

/** The stored tree contradicts itself; sealing and exporting stop until somebody looks. */
public final class LedgerDamaged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerDamaged(String what) {
        super(what);
    }
}
