package dev.ronde.mail.inbound;

/** Whether a reader sees a text. */
enum Visibility {
    SHOWN,
    UNSURE,
    HIDDEN;

    Visibility or(Visibility other) {
        return other.compareTo(this) > 0 ? other : this;
    }
}
