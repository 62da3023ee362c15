/**
 * Runs checks: claims due rows, collects facts outside of transactions, judges them, and stores results in batches.
 * Result, evidence and next due time are stored in one transaction.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.check.run;
