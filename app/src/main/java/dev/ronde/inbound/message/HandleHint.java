package dev.ronde.inbound.message;

import dev.ronde.platform.text.Worded;

/**
 * Something in a message that may name the mail it answers.
 *
 * @param text a handle, or a Message-ID with angle brackets
 */
public record HandleHint(Place place, String text) {
    public enum Place implements Worded {
        /** The address the message was delivered to. */
        ENVELOPE,
        /** The address it was written to. */
        TO,
        /** A Message-ID it refers to. */
        REFERENCES,
        /** The header of the original that came attached. */
        ORIGINAL,
        /** The line {@code ref: …} in the quoted footer. */
        MARKER;
    }
}
