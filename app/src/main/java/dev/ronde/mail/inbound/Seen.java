package dev.ronde.mail.inbound;

/** Whether a reader sees a text. */
enum Seen {
    /** As everybody would expect. */
    SHOWN,
    /** Some do and some do not, or nobody can say. */
    UNSURE,
    /** Nobody does. */
    HIDDEN;

    /** The one that hides more. */
    Seen or(Seen other) {
        return other.compareTo(this) > 0 ? other : this;
    }
}
