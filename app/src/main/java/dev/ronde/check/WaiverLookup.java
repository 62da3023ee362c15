package dev.ronde.check;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Tells which failures are accepted; computed when results are read, never stored with them. */
public interface WaiverLookup {
    /** No waivers exist. */
    WaiverLookup NONE = (handle, assetId, now) -> Set.of();

    /** Returns the ids of the checks whose present failure on this asset is waived at {@code now}. */
    Set<String> waived(Handle handle, UUID assetId, Instant now);
}
