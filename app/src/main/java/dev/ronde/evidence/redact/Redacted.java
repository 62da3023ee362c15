package dev.ronde.evidence.redact;

import java.util.Map;

/**
 * What may be kept, and what was taken out of it.
 *
 * @param kept the content without what may not be kept
 * @param counts how often each rule took something, by its name; empty where nothing was taken
 */
public record Redacted<T>(T kept, Map<String, Integer> counts) {
    public Redacted {
        counts = Map.copyOf(counts);
    }
}
