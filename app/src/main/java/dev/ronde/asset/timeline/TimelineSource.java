package dev.ronde.asset.timeline;

import dev.ronde.asset.inventory.Asset;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/** Contributes to the timeline of assets what another room knows. */
public interface TimelineSource {
    /** What happened at or before an instant, newest first (then by descending id), at most {@code limit}. */
    List<TimelineEntry> entries(Handle handle, Asset asset, Instant atOrBefore, int limit);

    /** The entries with the arguments of their sentences translated, in the same order. */
    default List<TimelineEntry> translated(Handle handle, List<TimelineEntry> entries, Locale language) {
        return entries;
    }
}
