package dev.ronde.evidence.population;

import dev.ronde.evidence.ledger.SealWindow;
import java.time.Instant;

/**
 * When the records before each seal can have been recorded, against the period of a scope: from the last seal that left none waiting to
 * their own, a clock's error more at either end. It needs the seals alone, so whoever verifies knows it of withheld records too.
 */
public final class SealSpan {
    public enum Place {
        BEFORE,
        WITHIN,
        AFTER
    }

    private final Instant start;
    private final Instant end;
    private Instant earliest = Instant.EPOCH;

    /** @param end the first instant after the period */
    public SealSpan(Instant start, Instant end) {
        this.start = start;
        this.end = end;
    }

    /** Takes the next seal; returns where the records since the one before it belong. */
    public Place next(Leaf seal) {
        Instant sealedAt = seal.recordedAt();
        Place place = Place.WITHIN;
        if (sealedAt.plus(SealWindow.SKEW).isBefore(start)) {
            place = Place.BEFORE;
        } else if (!earliest.minus(SealWindow.SKEW).isBefore(end)) {
            place = Place.AFTER;
        }
        if (seal.field("pendingAfter").equals("0") && sealedAt.isAfter(earliest)) {
            earliest = sealedAt;
        }
        return place;
    }
}
