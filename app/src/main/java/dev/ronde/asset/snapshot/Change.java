package dev.ronde.asset.snapshot;

import org.jspecify.annotations.Nullable;

/**
 * One setting that differs between two snapshots.
 *
 * @param path technical key, elements of sets by their own key in brackets: {@code properties.securityRules[web].properties.access}
 * @param title what people call the setting
 * @param before what it was, in words; null where it was not there
 * @param after what it is, in words; null where it is gone
 * @param effect {@code weaker}, {@code wider}, {@code stronger} or {@code neutral}
 */
public record Change(
        String path,
        String title,
        @Nullable String before,
        @Nullable String after,
        String effect) {}
