/**
 * How far the rounds of plans have come: what is done, waiting, late and missed, in all, by unit and by owner, and how much of
 * what was due came on time. It only reads.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.review.round;
