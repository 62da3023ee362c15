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
 * @param changedAt when the version last grew; null where it never did
 * @param assetChangedAt when the asset last changed, whose name is in the title of the event
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
        @Nullable Instant attestedAt,
        @Nullable Instant missedAt,
        @Nullable Instant cancelledAt,
        @Nullable Instant changedAt,
        Instant assetChangedAt) {
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

    /** When what a calendar shows last changed, else when the row was made, from its id (RFC 9562 §5.7). */
    Instant revisedAt(Instant now) {
        Instant made = Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
        Instant closed = stateAt(now) == State.MISSED && !missedFrom.isAfter(now) ? missedFrom : null;
        return Stream.of(changedAt, assetChangedAt, closed)
                .filter(Objects::nonNull)
                .reduce(made, (left, right) -> left.isAfter(right) ? left : right);
    }
}
