/**
 * Which assets are under which plans, and the rows of their slots: made ahead, moved with their plan, opened, missed, and cancelled
 * when nobody expects them any more. It follows the inventory, and a plan that changes.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.review.enrolment;
