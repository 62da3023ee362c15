package dev.ronde.platform.http;

import java.util.Locale;

/** Through which door somebody acted. */
public enum Channel {
    PAGE,
    API,
    LINK,
    REPLY,
    COMMAND,
    SYSTEM;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
