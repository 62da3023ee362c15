package dev.ronde.inbound.message;

import java.util.Locale;

/** What our own mail server found about the sender's domain. */
public enum AuthVerdict {
    PASS,
    /** Nothing was said, or by nobody we trust. */
    NONE,
    /** DMARC failed: somebody else wrote under this name. */
    FAIL;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
