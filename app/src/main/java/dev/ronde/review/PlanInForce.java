package dev.ronde.review;

import dev.ronde.review.plan.PlanDefinition;

/**
 * A plan's newest version, read once for a piece of work.
 *
 * @param unannounced a plan for a single date that nobody has announced: all its reviews wait
 */
record PlanInForce(PlanDefinition definition, int version, boolean unannounced) {

    static PlanInForce of(Plan plan) {
        PlanDefinition definition = plan.read();
        return new PlanInForce(
                definition, plan.planVersion(), definition.onceOn().isPresent() && plan.announcedAt() == null);
    }

    String id() {
        return definition.id();
    }
}
