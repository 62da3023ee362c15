package dev.ronde.check.probe;

import java.util.Map;

/**
 * The place probes are sent from.
 *
 * @param zone {@code internal} or {@code external}, as the operator named it
 * @param canaryOk whether something proved that this vantage can reach anything at all
 * @param proof what proved it: {@code answer} (the target itself answered, a refusal included), {@code canary}, or nothing did ({@code unproven})
 */
public record Vantage(String zone, boolean canaryOk, String proof) {
    /** Returns the {@code vantage} part of a fact document. */
    public Map<String, Object> facts() {
        return Map.of("zone", zone, "canaryOk", canaryOk);
    }
}
