package dev.ronde.cadence;

import java.time.LocalDate;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * How often something must be done: a strictly increasing row of slots, each a calendar day in the plan's zone; endless,
 * but for a single date. Every slot is computed from the anchor and never from its predecessor, so 31 January gives 28 or 29 February and then
 * 31 March again. Slots are never moved to a working day.
 */
public sealed interface Cadence permits Every, Monthly, Once {

    /** The first slot. */
    LocalDate anchor();

    /**
     * The slot with this index; 0 is the anchor.
     *
     * @throws IllegalArgumentException for a negative index, or one past the last slot
     */
    LocalDate slot(long index);

    /** How many slots there are; {@link Long#MAX_VALUE} for an endless row. */
    default long slots() {
        return Long.MAX_VALUE;
    }

    /** An index that is at most the index of the first slot on or after the date, and at least 0. */
    long lowerBound(LocalDate date);

    /** The index of the first slot on or after the date; {@link #slots} past the last one. */
    default long indexAtOrAfter(LocalDate date) {
        long index = lowerBound(date);
        while (index < slots() && slot(index).isBefore(date)) {
            index++;
        }
        return index;
    }

    /** The first slot on or after the date; empty past the last one. */
    default Optional<LocalDate> find(LocalDate from) {
        long index = indexAtOrAfter(from);
        return index < slots() ? Optional.of(slot(index)) : Optional.empty();
    }

    /**
     * The first slot on or after the date.
     *
     * @throws NoSuchElementException past the last slot
     */
    default LocalDate atOrAfter(LocalDate date) {
        return find(date)
                .orElseThrow(
                        () -> new NoSuchElementException("no slot on or after " + date + ", the last one is over"));
    }

    /** The first slot strictly after the date. */
    default LocalDate next(LocalDate after) {
        return atOrAfter(after.plusDays(1));
    }

    /** The last slot strictly before the date; empty when the date is not after the anchor. */
    default Optional<LocalDate> previous(LocalDate before) {
        long index = indexAtOrAfter(before);
        return index == 0 ? Optional.empty() : Optional.of(slot(index - 1));
    }

    /** All slots in the closed range, earliest first; empty when the range is. */
    default List<LocalDate> between(LocalDate from, LocalDate toInclusive) {
        return LongStream.iterate(indexAtOrAfter(from), index -> index < slots(), index -> index + 1)
                .mapToObj(this::slot)
                .takeWhile(slot -> !slot.isAfter(toInclusive))
                .toList();
    }

    /** The given number of slots from the first one on or after the date, earliest first; fewer where the row ends. */
    default List<LocalDate> upcoming(LocalDate from, int count) {
        return LongStream.iterate(indexAtOrAfter(from), index -> index < slots(), index -> index + 1)
                .limit(count)
                .mapToObj(this::slot)
                .toList();
    }
}
