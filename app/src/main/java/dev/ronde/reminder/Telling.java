package dev.ronde.reminder;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one person is told now of one thing that climbs: the highest rung that has come.
 *
 * @param lower rungs below that were never told
 */
record Telling(Rung rung, List<Rung> lower) {
    /**
     * Out of the rungs that have come; empty where the highest was told.
     *
     * @param all lowest first
     * @param told what this person was told
     */
    static Optional<Telling> of(List<Rung> all, Told told, Instant now) {
        List<Rung> come =
                told.due(all).stream().filter(rung -> !rung.at().isAfter(now)).toList();
        if (come.isEmpty()) {
            return Optional.empty();
        }
        Rung top = come.get(come.size() - 1);
        List<Rung> lower = come.stream()
                .filter(rung -> !rung.equals(top) && !told.was(rung))
                .toList();
        return told.was(top) ? Optional.empty() : Optional.of(new Telling(top, lower));
    }
}
