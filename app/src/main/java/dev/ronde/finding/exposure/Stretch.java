package dev.ronde.finding.exposure;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** A stretch of time, from its first instant up to, not including, its end. */
record Stretch(Instant from, Instant until) {

    /** The part that lies in the period; empty if there is none. */
    Stretch in(Period period) {
        Instant begin = from.isBefore(period.start()) ? period.start() : from;
        Instant end = until.isAfter(period.until()) ? period.until() : until;
        return new Stretch(begin, end.isAfter(begin) ? end : begin);
    }

    Duration length() {
        return Duration.between(from, until);
    }

    /** How long at least one of them lasted: overlapping time counts once. */
    static Duration together(List<Stretch> stretches) {
        Duration sum = Duration.ZERO;
        Instant counted = Instant.MIN;
        List<Stretch> inOrder =
                stretches.stream().sorted(Comparator.comparing(Stretch::from)).toList();
        for (Stretch stretch : inOrder) {
            Instant begin = stretch.from().isBefore(counted) ? counted : stretch.from();
            if (stretch.until().isAfter(begin)) {
                sum = sum.plus(Duration.between(begin, stretch.until()));
                counted = stretch.until();
            }
        }
        return sum;
    }
}
