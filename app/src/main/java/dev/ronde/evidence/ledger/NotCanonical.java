package dev.ronde.evidence.ledger;

/** A value has no canonical form, or bytes are not the canonical form of what they say. */
public final class NotCanonical extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotCanonical(String reason) {
        super(reason);
    }
}
