/**
 * The load ahead and how to level it. Pure arithmetic on counts per week: what is due, whose it is, and which rows of slots would
 * start some weeks earlier. Nothing here knows the database.
 */
@NullMarked
package dev.ronde.review.forecast;

import org.jspecify.annotations.NullMarked;
