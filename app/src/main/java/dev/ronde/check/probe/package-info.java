/**
 * Probes: code that opens connections and collects typed facts, nothing else.
 * A probe never judges; what it saw is compared by the expressions of a check.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.check.probe;
