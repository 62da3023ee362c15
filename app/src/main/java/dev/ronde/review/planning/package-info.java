/**
 * What people do with plans: add, apply, preview and announce them, and what a change does to the reviews under them. What a
 * plan says is in {@code plan}, the form to build one in {@code builder}.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.review.planning;
