package dev.ronde.review.planning;

import dev.ronde.cadence.LocalTimes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.plan.PlanDefinition;
import java.time.Instant;
import java.time.LocalDate;

/** From which day on a new cadence may count: a plan for a day that is over would expect nothing of anybody, and one from a day nobody lives to see is a slip of the pen. */
final class PlanReach {

    private static final LocalDate FIRST_ANCHOR = LocalDate.of(1900, 1, 1);
    private static final int MOST_YEARS_AHEAD = 100;

    private PlanReach() {}

    /**
     * Refuses a date out of reach.
     *
     * @throws Problem 422 {@code past} for a single date that is over in the zone of the plan, {@code bad_value} for any before 1900 or more
     *     than a hundred years ahead
     */
    static void require(PlanDefinition definition, Instant now) {
        LocalDate today = LocalTimes.dayOf(now, definition.zone());
        LocalDate onceOn = definition.onceOn().orElse(null);
        if (onceOn != null && onceOn.isBefore(today)) {
            String zone = definition.zone().getId();
            throw Problem.invalid("/cadence/once", "past", "The date " + onceOn + " is over in " + zone + ".")
                    .values(onceOn.toString(), zone);
        }
        LocalDate last = today.plusYears(MOST_YEARS_AHEAD);
        LocalDate from = onceOn == null ? definition.cadence().anchorOn().orElse(today) : onceOn;
        if (from.isBefore(FIRST_ANCHOR) || from.isAfter(last)) {
            throw Problem.invalid(
                            onceOn == null ? "/cadence/anchor" : "/cadence/once",
                            "bad_value",
                            "The date " + from + " is out of reach. Give one from " + FIRST_ANCHOR + " to " + last
                                    + ".")
                    .values(from.toString(), FIRST_ANCHOR.toString(), last.toString());
        }
    }
}
