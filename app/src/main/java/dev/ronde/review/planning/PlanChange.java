package dev.ronde.review.planning;

import dev.ronde.review.plan.Plan;
import java.util.Locale;

/** What happened to a plan when it was added or applied, with its effect on reviews. */
public record PlanChange(Plan plan, Kind kind, PlanEffect effect) {

    public enum Kind {
        CREATED,
        UPDATED,
        UNCHANGED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
