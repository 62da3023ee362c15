package dev.ronde.asset.inventory;

import dev.ronde.asset.field.AssetField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change about to be written.
 *
 * @param before null for a new asset
 * @param changed names of the changed fields as in JSON
 */
record PlannedChange(What what, @Nullable Asset before, Asset after, List<String> changed) {
    static PlannedChange created(Asset asset) {
        return new PlannedChange(What.CREATED, null, asset, List.of());
    }

    static PlannedChange updated(Asset before, Asset after, List<AssetField> changed) {
        return new PlannedChange(
                What.UPDATED,
                before,
                after,
                changed.stream().map(AssetField::json).toList());
    }

    enum What {
        CREATED("asset.created"),
        UPDATED("asset.updated"),
        RETIRED("asset.retired"),
        RESTORED("asset.updated");

        private final String recordType;

        What(String recordType) {
            this.recordType = recordType;
        }

        String recordType() {
            return recordType;
        }
    }
}
