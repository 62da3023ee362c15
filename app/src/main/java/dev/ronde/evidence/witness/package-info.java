/**
 * Witnesses of the log (C2SP tlog-witness): the client that asks those of {@code RONDE_WITNESSES} for their word, and the witness an auditor
 * runs. A log that a witness has seen cannot be rewritten by whoever holds its keys without the witness noticing.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.evidence.witness;
