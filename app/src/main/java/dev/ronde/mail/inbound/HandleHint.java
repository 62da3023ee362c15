package dev.ronde.mail.inbound;

/**
 * Something in a message that may name the mail it answers.
 *
 * @param text a handle, a Message-ID with angle brackets, or a ref such as {@code REV-1042}
 */
public record HandleHint(Place place, String text) {
    public enum Place {
        /** The address the message was delivered to. */
        ENVELOPE,
        /** The address it was written to. */
        TO,
        /** A Message-ID it refers to. */
        REFERENCES,
        /** The header of the original that came attached. */
        ORIGINAL,
        /** The line {@code ref: …} in the quoted footer. */
        MARKER,
        /** The tag in the subject: a hint, never a key. */
        SUBJECT;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
