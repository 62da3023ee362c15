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
     */
    record AssetChange(@Nullable Asset before, Asset after) {}

    /** Called after the rows and their evidence are written. */
    void changed(Handle tx, @Nullable Asset before, Asset after, Actor by);

    /** Called for many changes at once, as in an import; override it to write them in one statement. */
    default void changedAll(Handle tx, List<AssetChange> changes, Actor by) {
        changes.forEach(change -> changed(tx, change.before(), change.after(), by));
    }

    /** The changes of one import; override it to treat them differently from other changes. */
    default void importedAll(Handle tx, List<AssetChange> changes, Actor by) {
        changedAll(tx, changes, by);
    }
}
