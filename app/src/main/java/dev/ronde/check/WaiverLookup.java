package dev.ronde.check;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Tells which failures are accepted; computed when results are read, never stored with them. */
public interface WaiverLookup {
    /** No waivers exist. */
    WaiverLookup NONE = (handle, assetIds, now) -> Map.of();

    /** Returns, by asset and check, the fingerprint of the present failure where it is waived at {@code now}. */
    Map<UUID, Map<String, String>> waived(Handle handle, Collection<UUID> assetIds, Instant now);

    /** The ids of the checks whose present failure on one asset is waived. */
    default Set<String> waived(Handle handle, UUID assetId, Instant now) {
        return waived(handle, List.of(assetId), now)
                .getOrDefault(assetId, Map.of())
                .keySet();
    }
}
