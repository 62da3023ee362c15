package dev.ronde.asset.snapshot;

import java.util.List;

/**
 * The answer to a push.
 *
 * @param changed whether this configuration differs from the one before, or is the first
 * @param dropped paths that were sent and are not in the allow-list; their values were not kept
 */
public record Pushed(Snapshot snapshot, boolean changed, List<String> dropped) {}
