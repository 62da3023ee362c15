package dev.ronde.platform.http;

import dev.ronde.platform.text.Worded;

/** Through which door somebody acted. */
public enum Channel implements Worded {
    PAGE,
    API,
    LINK,
    REPLY,
    COMMAND,
    SYSTEM;
}
