package dev.ronde.evidence.ledger;

import java.time.Duration;

/** How a record and its seal may lie to each other in time (evidence.md V8). */
public final class SealWindow {
    /**
     * How far the clocks of two nodes may be apart. The sealer lets a record from further ahead wait, and the verifier finds fault with one
     * that did not: one number, or honest bundles fail.
     */
    public static final Duration SKEW = Duration.ofMinutes(5);

    private SealWindow() {}
}
