/**
 * Verification of an export without database, settings or network, step by step with the exit codes of evidence.md L13.
 * It shares the pure ledger and population code with the product; {@code Verify.java} in the bundle shares nothing.
 */
@NullMarked
package dev.ronde.evidence.verify;

import org.jspecify.annotations.NullMarked;
