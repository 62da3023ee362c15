package dev.ronde.asset.inventory;

import dev.ronde.evidence.Actor;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Hears of every change of the inventory, in its transaction: an exception undoes the change. */
public interface AssetListener {
    /**
     * One asset as it was and as it is.
     *
     * @param before null for an asset that is new
     * @param changed names of the changed fields as in JSON
     */
    record AssetChange(@Nullable Asset before, Asset after, List<String> changed) {
        /** One of the words created, updated, retired, restored. */
        String what() {
            if (before == null) {
                return "created";
            }
            return before.active() == after.active() ? "updated" : after.active() ? "restored" : "retired";
        }
    }

    /**
     * Called after the rows and their evidence are written.
     *
     * @param imported whether the changes are some of an import
     */
    void changed(Handle tx, List<AssetChange> changes, boolean imported, Actor by);
}
