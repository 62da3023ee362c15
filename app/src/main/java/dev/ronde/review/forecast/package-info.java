/**
 * The load ahead and how to level it: what is due in which week, whose it is, and which rows of slots would start some weeks
 * earlier. {@link dev.ronde.review.forecast.Levelling} is arithmetic on counts per week and knows no database.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.review.forecast;
