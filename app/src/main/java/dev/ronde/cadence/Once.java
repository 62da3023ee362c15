package dev.ronde.cadence;

import java.time.LocalDate;

/** One day and no other: what is asked of many assets a single time. */
public record Once(LocalDate anchor) implements Cadence {

    @Override
    public LocalDate slot(long index) {
        if (index != 0) {
            throw new IllegalArgumentException("a single date has slot 0 only, was " + index);
        }
        return anchor;
    }

    @Override
    public long slots() {
        return 1;
    }

    @Override
    public long lowerBound(LocalDate date) {
        return date.isAfter(anchor) ? 1 : 0;
    }
}
