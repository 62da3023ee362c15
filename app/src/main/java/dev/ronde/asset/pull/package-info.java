/**
 * Snapshots that are fetched instead of pushed: a file, a folder or an HTTPS address, on a schedule that the operator writes. What is
 * fetched goes through the same ingest, with its limits, as what is pushed.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.asset.pull;
