package dev.ronde.review;

import dev.ronde.review.plan.PlanDefinition;

/** A plan's newest version, read once for a piece of work. */
record PlanInForce(PlanDefinition definition, int version) {

    static PlanInForce of(Plan plan) {
        return new PlanInForce(plan.read(), plan.planVersion());
    }

    String id() {
        return definition.id();
    }
}
