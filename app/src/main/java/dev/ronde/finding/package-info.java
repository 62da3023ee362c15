/**
 * Findings: a failing check on an asset, from when it was first seen failing to when it was seen passing again, with the window of exposure as an
 * interval. A pass closes one; an error never does.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.finding;
