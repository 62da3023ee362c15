/**
 * Runs of checks and what is known from them, and who may ask for what.
 * The packages below it run checks, schedule them, and show what came of each.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.check;
