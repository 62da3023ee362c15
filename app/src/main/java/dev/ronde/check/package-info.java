/**
 * Check runs: which checks an asset gets, when they are due, what came of each, and how many protections are on.
 * Probes run outside of transactions; result, evidence and next due time are stored in one.
 */
@NullMarked
package dev.ronde.check;

import org.jspecify.annotations.NullMarked;
