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
record Compared(@Nullable ConfigState from, @Nullable ConfigState to) {
    /**
     * The two that somebody named, each by its digest, which is the newest time in that state, or by the id of a state or snapshot.
     *
     * @throws dev.ronde.platform.problem.Problem 404 for what this asset never had
     */
    static Compared of(Snapshots snapshots, Handle handle, UUID assetId, @Nullable String from, @Nullable String to) {
        ConfigStates states = snapshots.configStates();
        ConfigState last = to == null
                ? snapshots.states(handle, assetId, 1).stream().findFirst().orElse(null)
                : named(states, handle, assetId, to);
        if (from != null) {
            return new Compared(named(states, handle, assetId, from), last);
        }
        return new Compared(last == null ? null : states.before(handle, last).orElse(null), last);
    }

    private static ConfigState named(ConfigStates states, Handle handle, UUID assetId, String name) {
        try {
            return states.get(handle, assetId, UUID.fromString(name));
        } catch (IllegalArgumentException e) {
            return states.get(handle, assetId, name);
        }
    }

    @Nullable
    String fromDigest() {
        return from == null ? null : from.digest();
    }

    @Nullable
    String toDigest() {
        return to == null ? null : to.digest();
    }

    List<Change> changes(Snapshots snapshots, Handle handle, Locale locale) {
        return from == null || to == null || from.digest().equals(to.digest())
                ? List.of()
                : snapshots.configStates().diff(handle, from, to, locale, SettingDiff.Moving.ALL);
    }
}
