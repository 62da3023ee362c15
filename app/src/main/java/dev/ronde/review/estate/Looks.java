package dev.ronde.review.estate;

import dev.ronde.asset.snapshot.Change;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What a reviewer looks at: the seam between this room and snapshots and checks. */
public interface Looks {

    String NOT_COMPARABLE = "not_comparable";

    /** Digests of the current configurations by asset; assets without a snapshot are missing. */
    Map<UUID, String> digests(Handle handle, Collection<UUID> assetIds);

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

    /** What the check room says of the same assets. */
    ChecksSeen checks();
}
