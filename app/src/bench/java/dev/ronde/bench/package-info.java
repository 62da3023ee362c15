/** Benchmarks: ours beside an opponent, in the same minute on the same machine. Programs, not tests. */
@org.jspecify.annotations.NullMarked
package dev.ronde.bench;
