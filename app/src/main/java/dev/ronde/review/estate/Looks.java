package dev.ronde.review.estate;

import dev.ronde.asset.snapshot.Change;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What a reviewer looks at: the seam between this room and snapshots and checks. */
public interface Looks {

    String NOT_COMPARABLE = "not_comparable";

    /** Digests of the current configurations by asset; assets without a snapshot are missing. */
    Map<UUID, String> digests(Handle handle, Collection<UUID> assetIds);

    /** Empty if there is no snapshot. */
    default Optional<String> digest(Handle handle, UUID assetId) {
        return Optional.ofNullable(digests(handle, List.of(assetId)).get(assetId));
    }

    /** The start of the current configuration; {@link Instant#MIN} without a snapshot. */
    Instant unchangedSince(Handle handle, UUID assetId);

    /**
     * What differs between two configurations and must be answered, in words of this language: values that move by themselves only where
     * they moved for the worse; empty without a baseline. What cannot be compared is a change that says so.
     */
    List<Change> changes(Handle handle, UUID assetId, @Nullable String fromDigest, String toDigest, Locale locale);

    /** Differences that moved by themselves and need no answer. */
    default List<Change> moved(Handle handle, UUID assetId, String fromDigest, String toDigest, Locale locale) {
        return List.of();
    }

    /** Compares only what people decide about. */
    Likeness likeness(Handle handle, UUID assetId, String fromDigest, String toDigest);

    /**
     * Since when the asset is without interruption something else than this configuration in what people decide about; {@link Instant#MAX}
     * where it is not.
     *
     * @param enough once it is known to be so since then, nobody looks further back: the answer is then that time or an earlier one
     */
    Instant differentSince(Handle handle, UUID assetId, String digest, Instant enough);

    List<SourceLook> settings(Handle handle, UUID assetId, Locale locale);

    /** Newest results by asset; assets without results are missing. */
    Map<UUID, List<CheckState>> checks(Handle handle, Collection<UUID> assetIds, Instant now);

    /** Skips unknown runs and those of another asset; does not say whether a run is too old. */
    List<CheckState> checksOf(Handle handle, UUID assetId, Collection<String> runs);

    /** Those of the asset's possible protections that are not known to be on. */
    List<NotOn> notOn(Handle handle, UUID assetId, List<String> protections, Instant now);

    /** The longest acceptance in days, by the worst severity; as for a critical one if nothing verifies them. */
    int mostDaysOff(Handle handle, UUID assetId, List<String> off, Instant now);

    /** Approved waivers that now accept failures of these protections, by number. */
    List<AcceptedRisk> accepted(Handle handle, UUID assetId, List<String> protections, Instant now);

    /** Checks whose failure an approved waiver accepts now, and all checks of these protections. */
    Set<String> covered(Handle handle, UUID assetId, List<String> protections, Instant now);
}
