package dev.ronde.asset.field;

import java.util.Locale;

/** How much depends on an asset; plans and waivers look at it. Ordered from least to most. */
public enum Criticality {
    /** Its loss or exposure is an inconvenience. */
    LOW,
    /** What an asset has when nobody said otherwise. */
    MEDIUM,
    /** Its exposure harms the business or people. */
    HIGH,
    /** Its exposure is a crisis. */
    CRITICAL;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
