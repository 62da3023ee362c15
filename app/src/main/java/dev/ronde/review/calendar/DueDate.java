package dev.ronde.review.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One review as a calendar needs it.
 *
 * @param title of the review; before it opens, of its plan
 * @param version grows with every change; the sequence of its event
 */
public record DueDate(
        UUID id,
        long reviewNumber,
        long version,
        LocalDate dueOn,
        String assetRef,
        String assetName,
        String title,
        Instant missedFrom,
        @Nullable Instant openedAt,
        @Nullable Instant acknowledgedAt,
        @Nullable Instant extendedAt,
        @Nullable Instant attestedAt,
        @Nullable Instant missedAt,
        @Nullable Instant cancelledAt) {
    /** What became of it, as far as a calendar tells. */
    enum State {
        EXPECTED,
        DONE,
        MISSED,
        CANCELLED
    }

    State stateAt(Instant now) {
        if (cancelledAt != null) {
            return State.CANCELLED;
        }
        if (attestedAt != null) {
            return State.DONE;
        }
        return missedAt != null || !now.isBefore(missedFrom) ? State.MISSED : State.EXPECTED;
    }

    /** When it last changed, as far as its facts say; else when its row was made, which its id tells (RFC 9562 §5.7). */
    Instant changedAt() {
        Instant made = Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
        return Stream.of(openedAt, acknowledgedAt, extendedAt, attestedAt, missedAt, cancelledAt)
                .filter(Objects::nonNull)
                .reduce(made, (left, right) -> left.isAfter(right) ? left : right);
    }
}
