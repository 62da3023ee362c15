package dev.ronde.asset.snapshot;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Which two states are compared. Without {@code to} the present one; without {@code from} the one before {@code to}.
 *
 * @param from null where there is nothing earlier
 * @param to null where nothing was pushed yet
 */
record Compared(@Nullable String from, @Nullable String to) {
    private static final int MOST_STATES = 1_000;

    static Compared of(Snapshots snapshots, Handle handle, UUID assetId, @Nullable String from, @Nullable String to) {
        List<String> digests = snapshots.states(handle, assetId, MOST_STATES).stream()
                .map(ConfigState::digest)
                .toList();
        String last = to == null && !digests.isEmpty() ? digests.get(0) : to;
        int place = last == null ? -1 : digests.indexOf(last);
        String previous = place >= 0 && place + 1 < digests.size() ? digests.get(place + 1) : null;
        if (place < 0 && last != null) {
            previous = snapshots.previousDigest(handle, assetId, last).orElse(null);
        }
        return new Compared(from == null ? previous : from, last);
    }

    List<Change> changes(Snapshots snapshots, Handle handle, UUID assetId, Locale locale) {
        return to == null ? List.of() : snapshots.diffStates(handle, assetId, from, to, locale);
    }
}
