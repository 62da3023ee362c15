package dev.ronde.finding.exposure;

/**
 * The windows of one asset in a period.
 *
 * @param open how many of them are open
 * @param minSeconds what of their shortest ends lies in the period, together
 * @param maxSeconds what of their longest ends lies in it
 */
public record AssetExposure(String asset, String assetName, int windows, int open, long minSeconds, long maxSeconds) {
    AssetExposure and(Window window, long shortest, long longest) {
        return new AssetExposure(
                asset,
                assetName,
                windows + 1,
                open + (window.open() ? 1 : 0),
                minSeconds + shortest,
                maxSeconds + longest);
    }
}
