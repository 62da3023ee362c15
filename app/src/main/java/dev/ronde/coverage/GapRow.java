package dev.ronde.coverage;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One gap of one asset.
 *
 * @param owner address of the owner, null where nobody is
 * @param check the check in question; null where the gap is the asset's
 * @param reason reason code of the check's newest result; null without one
 * @param outcome its outcome; null without one
 * @param run that result; null without one
 * @param since since when it has been so, as far as is known
 */
public record GapRow(
        Gap gap,
        String asset,
        String assetName,
        String kind,
        @Nullable String unit,
        @Nullable String owner,
        @Nullable String check,
        @Nullable String reason,
        @Nullable String outcome,
        @Nullable UUID run,
        @Nullable Instant since) {}
