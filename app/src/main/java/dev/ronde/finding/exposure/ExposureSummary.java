package dev.ronde.finding.exposure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A period in numbers.
 *
 * @param windows windows that reach into it
 * @param open how many of them are open now
 * @param unknownBegin how many have no passing run before them, so that nobody can tell when they began
 * @param minSeconds spread of their shortest ends, whole windows
 * @param maxSeconds spread of their longest ends, whole windows, where their begin is known
 * @param timeToDetect of those detected in the period
 * @param timeToFix of those fixed in the period
 * @param assets each asset with how long one of its windows was open in the period, the longest first
 */
public record ExposureSummary(
        int windows,
        int open,
        int unknownBegin,
        Spread minSeconds,
        Spread maxSeconds,
        Spread timeToDetect,
        Spread timeToFix,
        List<AssetExposure> assets) {
    public ExposureSummary {
        assets = List.copyOf(assets);
    }

    static final class Counter {
        private final Period period;
        private final Instant now;
        private final List<Duration> shortest = new ArrayList<>();
        private final List<Duration> longest = new ArrayList<>();
        private final List<Duration> detected = new ArrayList<>();
        private final List<Duration> fixed = new ArrayList<>();
        private final Map<String, AssetExposure.Sum> assets = new HashMap<>();
        private int open;

        Counter(Period period, Instant now) {
            this.period = period;
            this.now = now;
        }

        void add(Window window) {
            open += window.open() ? 1 : 0;
            shortest.add(window.shortest());
            window.longest(now).ifPresent(longest::add);
            if (period.holds(window.detectedAt())) {
                window.timeToDetect().ifPresent(detected::add);
            }
            if (window.fixedAt() != null && period.holds(window.fixedAt())) {
                window.timeToFix().ifPresent(fixed::add);
            }
            assets.computeIfAbsent(window.asset(), asset -> new AssetExposure.Sum(window))
                    .add(window, window.shortestIn(period), window.longestIn(period, now));
        }

        ExposureSummary summary() {
            return new ExposureSummary(
                    shortest.size(),
                    open,
                    shortest.size() - longest.size(),
                    Spread.of(shortest),
                    Spread.of(longest),
                    Spread.of(detected),
                    Spread.of(fixed),
                    assets.values().stream()
                            .map(AssetExposure.Sum::total)
                            .sorted(Comparator.comparingLong(AssetExposure::maxSeconds)
                                    .reversed()
                                    .thenComparing(AssetExposure::asset))
                            .toList());
        }
    }

    /**
     * The windows of one asset in a period.
     *
     * @param open how many of them are open
     * @param minSeconds how long at least one of them was open in the period, by their shortest ends; windows side by side count once
     * @param maxSeconds the same by their longest ends
     */
    public record AssetExposure(
            String asset, String assetName, int windows, int open, long minSeconds, long maxSeconds) {

        static final class Sum {
            private final String asset;
            private final String assetName;
            private final List<Stretch> shortest = new ArrayList<>();
            private final List<Stretch> longest = new ArrayList<>();
            private int open;

            Sum(Window window) {
                asset = window.asset();
                assetName = window.assetName();
            }

            void add(Window window, Stretch shortestIn, Stretch longestIn) {
                open += window.open() ? 1 : 0;
                shortest.add(shortestIn);
                longest.add(longestIn);
            }

            AssetExposure total() {
                return new AssetExposure(
                        asset,
                        assetName,
                        shortest.size(),
                        open,
                        Stretch.together(shortest).toSeconds(),
                        Stretch.together(longest).toSeconds());
            }
        }
    }

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
}
