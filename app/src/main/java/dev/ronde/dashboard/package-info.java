/**
 * Read-only views over everything: whether the estate is in control, and what somebody must decide today. Every figure
 * is the length of the list it links to.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.dashboard;
