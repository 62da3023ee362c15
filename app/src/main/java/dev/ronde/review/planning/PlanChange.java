package dev.ronde.review.planning;

import dev.ronde.platform.text.Worded;
import dev.ronde.review.plan.Plan;

/** What happened to a plan when it was added or applied, with its effect on reviews. */
public record PlanChange(Plan plan, Kind kind, PlanEffect effect) {

    public enum Kind implements Worded {
        CREATED,
        UPDATED,
        UNCHANGED;
    }
}
