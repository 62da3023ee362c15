package dev.ronde.asset.field;

import dev.ronde.platform.text.Worded;

/** How much depends on an asset; plans and waivers look at it. Ordered from least to most. */
public enum Criticality implements Worded {
    /** Its loss or exposure is an inconvenience. */
    LOW,
    /** What an asset has when nobody said otherwise. */
    MEDIUM,
    /** Its exposure harms the business or people. */
    HIGH,
    /** Its exposure is a crisis. */
    CRITICAL;
}
