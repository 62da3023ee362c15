package dev.ronde.inbound.message;

/** What a message may cost, looked at before it is read. */
public final class MailLimits {
    /** Longest message in bytes that is looked at whole; of a longer one only the headers are kept. */
    public static final int RAW = 25 << 20;
    /** Bytes of a header block that are looked at; the rest is skipped. */
    public static final int HEADERS = 128 << 10;

    /** Bytes of one part that are decoded: one more than a file that is kept may have. */
    static final int PART = (10 << 20) + 1;

    static final int DEPTH = 10;
    static final int PARTS = 100;
    static final int TEXT = 256 << 10;
    static final int HTML = 1 << 20;
    static final int TAGS = 50_000;

    private MailLimits() {}
}
