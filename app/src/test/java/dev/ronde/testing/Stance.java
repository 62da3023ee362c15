package dev.ronde.testing;

import java.util.Locale;

/** As what a server stands before a check. */
public enum Stance {
    /** What the check is about is open. */
    EXPOSED,
    /** Something was done about it, and not enough or not everywhere. */
    HALF,
    /** It is closed. */
    PROTECTED,
    /** It takes the connection and says nothing. */
    SILENT,
    /** It is something else than the check is about. */
    OTHER;

    /** The word in the table. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
