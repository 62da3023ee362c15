package dev.ronde.asset.snapshot;

import dev.ronde.platform.text.Worded;

/** What a change does to the protection of an asset, by the direction table of its source. */
enum Effect implements Worded {
    /** A safeguard was reduced. */
    WEAKER,
    /** More can reach it, or it can reach more. */
    WIDER,
    /** A safeguard was added or its reach reduced. */
    STRONGER,
    /** The table gives no direction, or the two values cannot be ranked. */
    NEUTRAL;

    /** The effect of the opposite change; {@code worse} is the bad way of the setting. */
    Effect opposite(Effect worse) {
        return switch (this) {
            case WEAKER, WIDER -> STRONGER;
            case STRONGER -> worse;
            case NEUTRAL -> NEUTRAL;
        };
    }
}
