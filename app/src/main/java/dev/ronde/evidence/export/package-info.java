/**
 * Exports: self-verifying bundles of a period, made by a background job, and the pages and API around them.
 * A bundle is defined by a tree size, streams in constant memory, fails closed and counts what it withholds.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.evidence.export;
