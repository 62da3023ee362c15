package dev.ronde.finding.exposure;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * How durations are spread, in whole seconds, by the nearest rank: half, nine of ten, nineteen of twenty, and all lasted no longer.
 *
 * @param count how many there are; the rest is null where there are none
 */
public record Spread(
        int count,
        @Nullable Long p50Seconds,
        @Nullable Long p90Seconds,
        @Nullable Long p95Seconds,
        @Nullable Long maxSeconds) {
    static Spread of(Collection<Duration> durations) {
        long[] seconds =
                durations.stream().mapToLong(Duration::toSeconds).sorted().toArray();
        return seconds.length == 0
                ? new Spread(0, null, null, null, null)
                : new Spread(
                        seconds.length,
                        rank(seconds, 50),
                        rank(seconds, 90),
                        rank(seconds, 95),
                        Arrays.stream(seconds).max().orElseThrow());
    }

    private static long rank(long[] sorted, int percent) {
        return sorted[(sorted.length * percent + 99) / 100 - 1];
    }
}
