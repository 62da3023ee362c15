package dev.ronde.inbound.message;

import dev.ronde.platform.text.Worded;

/** What sort of message arrived. Only what a person wrote can do anything. */
public enum MailSort implements Worded {
    HUMAN,
    AUTO,
    ABSENCE,
    /** A mail server reports what became of a mail of ours (RFC 3464), or says so in its own words. */
    BOUNCE,
    /** A mail program says that a mail was displayed or deleted (RFC 8098); proof of nothing. */
    READ_RECEIPT,
    LOOP,
    /** Over the size that is looked at; only its headers are kept. */
    OVERSIZE,
    BROKEN;
}
