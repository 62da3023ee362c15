package dev.ronde.finding;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.timeline.TimelineEntry;
import dev.ronde.asset.timeline.TimelineSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Puts the beginning and the end of every finding, and who received it, on the timeline of its asset. */
public record FindingTimeline(Findings findings, FindingTexts texts) implements TimelineSource {
    private static final String OPENED = "finding.opened";

    @Override
    public List<TimelineEntry> entries(Handle handle, Asset asset, Instant atOrBefore, int limit) {
        List<TimelineEntry> entries = new ArrayList<>();
        for (Finding finding : findings.history(handle, asset.id(), limit)) {
            entries.add(entry(finding, "opened", finding.firstBadAt(), finding.summary(), null));
            if (finding.acknowledgedAt() != null) {
                entries.add(entry(
                        finding,
                        "acknowledged",
                        finding.acknowledgedAt(),
                        finding.checkId(),
                        finding.acknowledgedBy()));
            }
            if (finding.fixedAt() != null) {
                entries.add(entry(finding, "fixed", finding.fixedAt(), finding.checkId(), null));
            }
        }
        return entries.stream()
                .filter(entry -> !entry.at().isAfter(atOrBefore))
                .sorted(Comparator.comparing(TimelineEntry::at)
                        .thenComparing(TimelineEntry::id)
                        .reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public List<TimelineEntry> translated(Handle handle, List<TimelineEntry> entries, Locale language) {
        List<UUID> ids = entries.stream()
                .filter(entry -> entry.type().equals(OPENED))
                .map(FindingTimeline::finding)
                .toList();
        Map<UUID, String> told = texts.summaries(handle, findings.all(handle, ids), language);
        return entries.stream()
                .map(entry -> entry.type().equals(OPENED) && told.containsKey(finding(entry))
                        ? entry.saying(List.of(told.get(finding(entry))))
                        : entry)
                .toList();
    }

    private static UUID finding(TimelineEntry entry) {
        return UUID.fromString(entry.id().substring(0, entry.id().indexOf('.')));
    }

    private static TimelineEntry entry(
            Finding finding, String what, Instant at, String argument, @Nullable String actorRef) {
        return new TimelineEntry(
                at,
                finding.id() + "." + what,
                "finding." + what,
                "finding.timeline." + what,
                List.of(argument),
                actorRef,
                "/findings/" + finding.id(),
                Map.of(
                        "check",
                        finding.checkId(),
                        "severity",
                        finding.severity().code()));
    }
}
