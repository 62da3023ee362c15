package dev.ronde.check;

import dev.ronde.catalogue.Severity;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Tells which failures are accepted; computed when results are read, never stored with them. */
public interface WaiverLookup {
    /**
     * A waiver in force, whether or not what it accepts fails now.
     *
     * @param waiver what people call it
     * @param boundTo fingerprint of the accepted failure
     * @param worst severity that was accepted
     */
    record Cover(String waiver, String checkId, String boundTo, Severity worst) {
        public boolean covers(String check, String fingerprint, Severity severity) {
            return checkId.equals(check) && boundTo.equals(fingerprint) && severity.compareTo(worst) <= 0;
        }
    }

    /** By asset and check, the fingerprint of the present failure if it is waived at {@code now}. */
    Map<UUID, Map<String, String>> waived(Handle handle, Collection<UUID> assetIds, Instant now);

    Map<UUID, List<Cover>> covers(Handle handle, Collection<UUID> assetIds, Instant now);

    default Set<String> waived(Handle handle, UUID assetId, Instant now) {
        return waived(handle, List.of(assetId), now)
                .getOrDefault(assetId, Map.of())
                .keySet();
    }
}
