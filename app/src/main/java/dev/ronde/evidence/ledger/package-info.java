/**
 * The pure part of the evidence ledger: canonical form, Merkle tree, proofs, signed checkpoints and keys.
 * It touches no database, setting or clock, so the offline verifier and the running product share it.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.evidence.ledger;
