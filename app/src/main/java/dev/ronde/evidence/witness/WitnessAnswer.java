package dev.ronde.evidence.witness;

import java.time.Instant;

/**
 * The newest answer of a witness.
 *
 * @param status confirmed or failed
 */
public record WitnessAnswer(String status, long treeSize, Instant anchoredAt) {}
