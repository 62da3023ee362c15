/**
 * The ledger in the database: sealing, checkpoints, proofs of single records, and the full verification pass.
 * Sealing happens after the business transactions, in batches under one row lock; signing only after the commit.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.evidence.seal;
