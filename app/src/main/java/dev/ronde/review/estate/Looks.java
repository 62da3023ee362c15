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

    /** The path of the one change that says that two configurations cannot be compared. */
    String NOT_COMPARABLE = "not_comparable";

    /** Digests of the present configurations of these assets, by asset; without those of which no snapshot exists. */
    Map<UUID, String> digests(Handle handle, Collection<UUID> assetIds);

    /** Digest of the asset's present configuration; empty where no snapshot exists. */
    default Optional<String> digest(Handle handle, UUID assetId) {
        return Optional.ofNullable(digests(handle, List.of(assetId)).get(assetId));
    }

    /** Since when the asset's configuration is the present one; {@link Instant#MIN} where no snapshot exists. */
    Instant unchangedSince(Handle handle, UUID assetId);

    /**
     * What differs between two configurations and must be answered, in words of this language: values that move by themselves only where
     * they moved for the worse; empty without a baseline. What cannot be compared is a change that says so.
     */
    List<Change> changes(Handle handle, UUID assetId, @Nullable String fromDigest, String toDigest, Locale locale);

    /** The other differences between the two: what moved by itself and needs no answer. */
    default List<Change> moved(Handle handle, UUID assetId, String fromDigest, String toDigest, Locale locale) {
        return List.of();
    }

    /** Whether a configuration is the same as another in what people decide about. */
    Likeness likeness(Handle handle, UUID assetId, String fromDigest, String toDigest);

    /**
     * Since when the asset is without interruption something else than this configuration in what people decide about; {@link Instant#MAX}
     * where it is not.
     *
     * @param enough once it is known to be so since then, nobody looks further back: the answer is then that time or an earlier one
     */
    Instant differentSince(Handle handle, UUID assetId, String digest, Instant enough);

    /** Every setting that is known of the asset now, source by source, in words of this language. */
    List<SourceLook> settings(Handle handle, UUID assetId, Locale locale);

    /** The newest result of every check of these assets, by asset; without those of which there is none. */
    Map<UUID, List<CheckState>> checks(Handle handle, Collection<UUID> assetIds, Instant now);

    /** What these runs of the asset said; those that there are not, or of another asset, are left out. Whether they are too old is not said. */
    List<CheckState> checksOf(Handle handle, UUID assetId, Collection<String> runs);

    /** Those of the protections that the asset could have and that are not known to be on. */
    List<NotOn> notOn(Handle handle, UUID assetId, List<String> protections, Instant now);

    /**
     * For how many days at the longest these protections may be accepted to be off: by the worst severity of what keeps them from being
     * on, and as for a critical one where nothing verifies them.
     */
    int mostDaysOff(Handle handle, UUID assetId, List<String> off, Instant now);

    /** The approved waivers by which failures of these protections are accepted now, in the order of their numbers. */
    List<AcceptedRisk> accepted(Handle handle, UUID assetId, List<String> protections, Instant now);

    /** The checks whose failure an approved waiver accepts now, and those of these protections. */
    Set<String> covered(Handle handle, UUID assetId, List<String> protections, Instant now);
}
