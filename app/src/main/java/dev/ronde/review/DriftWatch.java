package dev.ronde.review;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.snapshot.Snapshot;
import dev.ronde.asset.snapshot.SnapshotListener;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/** Notes assets whose configuration changed, so that the sweep compares it with what was attested. */
public record DriftWatch(InstantSource clock) implements SnapshotListener {
    @Override
    public void stored(Handle tx, Asset asset, Snapshot snapshot, boolean changed) {
        if (changed) {
            tx.attach(DriftDao.class).mark(asset.id(), clock.instant());
        }
    }
}
