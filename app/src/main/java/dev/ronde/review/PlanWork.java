package dev.ronde.review;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.plan.PlanInForce;
import org.jdbi.v3.core.Handle;

/**
 * What is done under a plan in one transaction, and by whom.
 *
 * @param kept false for work that is rolled back: then only what a number of the preview depends on is written
 */
public record PlanWork(Handle tx, PlanInForce plan, Actor by, Channel channel, boolean kept) {

    public PlanWork(Handle tx, PlanInForce plan, Actor by, Channel channel) {
        this(tx, plan, by, channel, true);
    }

    public static PlanWork ofSystem(Handle tx, PlanInForce plan) {
        return new PlanWork(tx, plan, Actor.SYSTEM, Channel.SYSTEM);
    }
}
