package dev.ronde.inbound.message;

import dev.ronde.platform.text.Worded;

/** What our own mail server found about the sender's domain. */
public enum AuthVerdict implements Worded {
    PASS,
    /** Nothing was said, or by nobody we trust. */
    NONE,
    /** DMARC failed: somebody else wrote under this name. */
    FAIL;
}
