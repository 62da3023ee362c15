package dev.ronde.coverage;

import dev.ronde.check.protection.Coverage;
import org.jspecify.annotations.Nullable;

/** How many of the protections an asset could have are on. */
public record AssetCoverage(
        String asset,
        String assetName,
        String kind,
        @Nullable String unit,
        Coverage.Counts counts) {}
