package dev.ronde.asset.snapshot;

import dev.ronde.asset.inventory.Asset;
import org.jdbi.v3.core.Handle;

/** Hears of every pushed snapshot, in its transaction: an exception undoes the push. */
public interface SnapshotListener {
    /** Called after the snapshot is stored; {@code changed} is false if the configuration was known already. */
    void stored(Handle tx, Asset asset, Snapshot snapshot, boolean changed);

    /** Called after the first refusal since the last accepted push: the known configuration is out of date. */
    default void refused(Handle tx, Asset asset, String source) {}
}
