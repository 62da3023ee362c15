package dev.ronde.evidence.seal;

import dev.ronde.evidence.ledger.Hash;
import java.util.UUID;

/** A record that waits for its place in the log. */
public record PendingRow(UUID recId, Hash leafHash) {}
