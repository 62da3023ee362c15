package dev.ronde.review.plan;

/**
 * A plan's newest version, read once for a piece of work.
 *
 * @param unannounced a plan for a single date that nobody has announced: all its reviews wait
 */
public record PlanInForce(PlanDefinition definition, int version, boolean unannounced) {

    public static PlanInForce of(Plan plan) {
        PlanDefinition definition = plan.read();
        return new PlanInForce(
                definition, plan.planVersion(), definition.onceOn().isPresent() && plan.announcedAt() == null);
    }

    public String id() {
        return definition.id();
    }
}
