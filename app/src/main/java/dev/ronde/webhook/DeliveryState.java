package dev.ronde.webhook;

import java.util.Locale;

public enum DeliveryState {
    /** Not taken yet; it will be sent, or sent again. */
    WAITING,
    /** Answered with a status of 200 to 299. */
    DELIVERED,
    /** Not taken in any of its attempts, or the receiver said that it is gone (410). */
    FAILED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
