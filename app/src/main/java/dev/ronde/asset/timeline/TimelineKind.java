package dev.ronde.asset.timeline;

import java.util.Locale;

/** What the timeline of an asset can be narrowed to. */
public enum TimelineKind {
    CHANGES,
    /** What checks found, and what people stated where no check can look. */
    FINDINGS,
    REVIEWS,
    MAILS;

    /** The spelling of the page's address. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the entry is of this kind. */
    public boolean holds(TimelineEntry entry) {
        String type = entry.type();
        return switch (this) {
            case CHANGES -> type.startsWith("asset.") || type.startsWith("snapshot.");
            case FINDINGS -> type.startsWith("finding.") || type.startsWith("check.");
            case REVIEWS -> type.startsWith("review.");
            case MAILS -> type.startsWith("notice.");
        };
    }
}
