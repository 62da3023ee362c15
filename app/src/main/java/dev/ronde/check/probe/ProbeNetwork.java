package dev.ronde.check.probe;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Where probes stand and what they may do.
 *
 * @param policy decides about targets
 * @param canary proves the vantage where the target itself does not
 * @param zone {@code internal} or {@code external}, as the operator named this vantage
 * @param clock product time, for the day on which an authorisation ends
 * @param nanos monotonic time, for budgets
 * @param agent how probes introduce themselves where a protocol has room for it
 */
record ProbeNetwork(
        ProbePolicy policy, VantageCanary canary, String zone, InstantSource clock, LongSupplier nanos, String agent) {
    /** Returns the vantage; only silence needs the canary. */
    Vantage vantage(boolean answered) {
        if (answered) {
            return new Vantage(zone, true, "answer");
        }
        boolean ok = canary.isOk();
        return new Vantage(zone, ok, ok ? "canary" : "unproven");
    }
}
