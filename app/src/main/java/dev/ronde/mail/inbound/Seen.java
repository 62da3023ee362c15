package dev.ronde.mail.inbound;

/** Whether a reader sees a text. */
enum Seen {
    SHOWN,
    UNSURE,
    HIDDEN;

    /** The one that hides more. */
    Seen or(Seen other) {
        return other.compareTo(this) > 0 ? other : this;
    }
}
