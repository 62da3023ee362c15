/**
 * What people say of a review: that it came, that all is well, that something is wrong, that somebody else should do it, or later.
 * Each answer is checked against what its giver was shown, changes the row, and leaves its evidence in the caller's transaction.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.review.answer;
