package dev.ronde.review.estate;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The inventory as reviews see it: the seam between this room and the assets. */
public interface Estate {

    List<Covered> active(Handle handle);

    /** Active assets that changed since then; may return more if that is not known. */
    default List<Covered> changedSince(Handle handle, Instant since) {
        return active(handle);
    }

    Map<UUID, Covered> byIds(Handle handle, Collection<UUID> assetIds);

    /** Evidence references of everybody who owned the asset at the instant or later. */
    Set<String> ownersSince(Handle handle, UUID assetId, Instant since);

    /** The words of every criticality the asset had at the instant or later. */
    Set<String> criticalitiesSince(Handle handle, UUID assetId, Instant since);

    /** The last review before its first slot, as the inventory had it at an instant. */
    Optional<LocalDate> lastReviewOnAt(Handle handle, UUID assetId, Instant at);

    default Optional<Covered> find(Handle handle, UUID assetId) {
        return Optional.ofNullable(byIds(handle, List.of(assetId)).get(assetId));
    }
}
