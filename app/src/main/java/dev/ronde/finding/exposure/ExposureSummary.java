package dev.ronde.finding.exposure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
}
