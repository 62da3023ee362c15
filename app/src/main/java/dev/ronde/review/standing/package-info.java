/**
 * Where an asset stands with its reviews: one condition, which lists, filters and figures share (decision 013). It only reads.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.review.standing;
