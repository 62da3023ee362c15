/**
 * Where an asset stands with its reviews: one condition, which lists, filters and figures share (decision 013). It only reads.
 */
@NullMarked
package dev.ronde.review.standing;

import org.jspecify.annotations.NullMarked;
