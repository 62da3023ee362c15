package dev.ronde.asset;

import java.util.Locale;

/** What the timeline of an asset can be narrowed to. */
enum TimelineKind {
    /** The asset itself and its configuration. */
    CHANGES,
    /** What checks found, and what people stated where no probe sees. */
    FINDINGS,
    /** What people did with its reviews. */
    REVIEWS,
    /** Who was written to. */
    MAILS;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean holds(TimelineEntry entry) {
        String type = entry.type();
        return switch (this) {
            case CHANGES -> type.startsWith("asset.") || type.startsWith("snapshot.");
            case FINDINGS -> type.startsWith("finding.") || type.startsWith("check.");
            case REVIEWS -> type.startsWith("review.");
            case MAILS -> type.startsWith("notice.");
        };
    }
}
