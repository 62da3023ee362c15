/**
 * Whether the tables of the present say what the records say. The rooms name their tables and how records become rows; the comparison itself
 * knows neither.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.evidence.state;
