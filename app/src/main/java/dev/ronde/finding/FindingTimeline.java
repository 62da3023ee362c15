package dev.ronde.finding;

import dev.ronde.asset.Asset;
import dev.ronde.asset.TimelineEntry;
import dev.ronde.asset.TimelineSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Puts the beginning and the end of every finding on the timeline of its asset. */
public final class FindingTimeline implements TimelineSource {
    private final Findings findings;

    public FindingTimeline(Findings findings) {
        this.findings = findings;
    }

    @Override
    public List<TimelineEntry> entries(Handle handle, Asset asset, Instant atOrBefore, int limit) {
        List<TimelineEntry> entries = new ArrayList<>();
        for (Finding finding : findings.history(handle, asset.id(), limit)) {
            entries.add(entry(finding, "opened", finding.firstBadAt(), finding.summary()));
            if (finding.fixedAt() != null) {
                entries.add(entry(finding, "fixed", finding.fixedAt(), finding.checkId()));
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

    private static TimelineEntry entry(Finding finding, String what, Instant at, String argument) {
        return new TimelineEntry(
                at,
                finding.id() + "." + what,
                "finding." + what,
                "finding.timeline." + what,
                List.of(argument),
                null,
                "/findings/" + finding.id(),
                Map.of(
                        "check",
                        finding.checkId(),
                        "severity",
                        finding.severity().code()));
    }
}
