package dev.ronde.finding.exposure;

import java.util.ArrayList;
import java.util.List;

/**
 * The windows of one asset in a period.
 *
 * @param open how many of them are open
 * @param minSeconds how long at least one of them was open in the period, by their shortest ends; windows side by side count once
 * @param maxSeconds the same by their longest ends
 */
public record AssetExposure(String asset, String assetName, int windows, int open, long minSeconds, long maxSeconds) {

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
