package dev.ronde.finding.exposure;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A window as API, page and CSV show it.
 *
 * @param state open or fixed
 * @param exposure the whole window; its longest end is null where nobody can tell when it began
 * @param inPeriod what of it lies in the period
 */
public record WindowJson(
        UUID finding,
        String asset,
        String assetName,
        String check,
        String severity,
        String state,
        @Nullable Instant lastGoodAt,
        Instant firstBadAt,
        Instant detectedAt,
        @Nullable Instant notifiedAt,
        @Nullable Instant acknowledgedAt,
        Instant lastBadAt,
        @Nullable Instant fixedAt,
        Bounds exposure,
        Bounds inPeriod) {
    public record Bounds(long minSeconds, @Nullable Long maxSeconds) {}

    static WindowJson of(Window window, Period period, Instant now) {
        return new WindowJson(
                window.id(),
                window.asset(),
                window.assetName(),
                window.checkId(),
                window.severity(),
                window.open() ? "open" : "fixed",
                window.lastGoodAt(),
                window.firstBadAt(),
                window.detectedAt(),
                window.notifiedAt(),
                window.acknowledgedAt(),
                window.lastBadAt(),
                window.fixedAt(),
                new Bounds(
                        window.shortest().toSeconds(),
                        window.longest(now).map(Duration::toSeconds).orElse(null)),
                new Bounds(
                        window.shortestIn(period).length().toSeconds(),
                        window.longestIn(period, now).length().toSeconds()));
    }
}
