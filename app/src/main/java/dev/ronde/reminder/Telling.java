package dev.ronde.reminder;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one person may be told on one day of one thing that climbs: the highest rung that has come, and what the rest of the day brings.
 *
 * @param rung to be told; it lies ahead where nothing that has come is untold
 * @param lower rungs below that were never told
 * @param later rungs that the day brings after it
 */
record Telling(Rung rung, List<Rung> lower, List<Rung> later) {

    /**
     * Out of the rungs of a day; empty where all of them were told.
     *
     * @param rungs those that come up to the end of the day, lowest first
     * @param told what this person was told
     */
    static Optional<Telling> of(List<Rung> rungs, Told told, Instant now) {
        return of(rungs, told, false, now);
    }

    /** The same; where {@code silent}, what has come is kept to ourselves. */
    static Optional<Telling> of(List<Rung> all, Told told, boolean silent, Instant now) {
        List<Rung> rungs = told.due(all);
        List<Rung> come = rungs.stream().filter(rung -> !rung.at().isAfter(now)).toList();
        List<Rung> later = rungs.stream()
                .filter(rung -> rung.at().isAfter(now) && !told.was(rung))
                .toList();
        List<Rung> untold = come.stream().filter(rung -> !told.was(rung)).toList();
        if (!silent && !come.isEmpty() && !told.was(last(come))) {
            return Optional.of(new Telling(last(come), untold.subList(0, untold.size() - 1), later));
        }
        if (later.isEmpty()) {
            return Optional.empty();
        }
        List<Rung> lower = new ArrayList<>(untold);
        lower.addAll(later.subList(0, later.size() - 1));
        return Optional.of(new Telling(last(later), List.copyOf(lower), List.of()));
    }

    private static Rung last(List<Rung> rungs) {
        return rungs.get(rungs.size() - 1);
    }
}
