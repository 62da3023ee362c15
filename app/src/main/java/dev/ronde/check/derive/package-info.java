/**
 * Derivers: pure, versioned functions from what a probe or a snapshot brought to a small fact document.
 * They parse and compute so that the expressions of a check only compare.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.check.derive;
