/**
 * Probes: code that opens connections and collects typed facts, nothing else.
 * A probe never judges; what it saw is compared by the expressions of a check.
 */
@NullMarked
package dev.ronde.check.probe;

import org.jspecify.annotations.NullMarked;
