/**
 * The form in which a plan is built: what was typed, the plan file it stands for, the field each fault belongs to, and the
 * page that shows them. It has no rules of its own: what is typed becomes the text that {@link dev.ronde.review.plan.PlanReader}
 * reads, as a plan file would.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.review.builder;
