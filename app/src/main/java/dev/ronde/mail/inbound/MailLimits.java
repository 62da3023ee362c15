package dev.ronde.mail.inbound;

/** What a message may cost, looked at before it is read. */
public final class MailLimits {
    /** Longest message in bytes that is looked at whole; of a longer one only the headers are kept. */
    public static final int RAW = 25 << 20;
    /** Bytes of a header block that are looked at; the rest is skipped. */
    public static final int HEADERS = 128 << 10;
    /** Multiparts and attached messages inside each other. */
    static final int DEPTH = 10;
    /** Parts in one message. */
    static final int PARTS = 100;
    /** Bytes of a text part that are looked at. */
    static final int TEXT = 256 << 10;
    /** Bytes of an HTML part that are looked at. */
    static final int HTML = 1 << 20;
    /** Tags of an HTML part that are looked at. */
    static final int TAGS = 50_000;

    private MailLimits() {}
}
