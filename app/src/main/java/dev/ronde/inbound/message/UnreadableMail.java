package dev.ronde.inbound.message;

/** A message beyond the limits, or one that is no message at all. */
public final class UnreadableMail extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableMail(String reason) {
        super(reason);
    }
}
