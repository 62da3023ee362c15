package dev.ronde.asset.inventory;

import dev.ronde.asset.field.AssetFacts;
import dev.ronde.asset.field.AssetField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An asset as an import wants it.
 *
 * @param before the asset as it is; null for a new one
 * @param changed the fields that differ from it; none for a new asset
 */
public record AssetDraft(@Nullable Asset before, AssetFacts facts, List<AssetField> changed) {}
