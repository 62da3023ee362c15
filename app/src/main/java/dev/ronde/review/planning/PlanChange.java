package dev.ronde.review.planning;

import dev.ronde.review.plan.Plan;
import java.util.Locale;

/** What happened to a plan when it was added or applied, with its effect on reviews. */
public record PlanChange(Plan plan, Kind kind, PlanEffect effect) {

    /** Whether there was something to change. */
    public enum Kind {
        CREATED,
        UPDATED,
        UNCHANGED;

        /** The word of API and command line. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
