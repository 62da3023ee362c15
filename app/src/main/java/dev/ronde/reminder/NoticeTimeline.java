package dev.ronde.reminder;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.timeline.TimelineEntry;
import dev.ronde.asset.timeline.TimelineSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Puts every notice about an asset's findings and reviews on its timeline, once there is a mail that tells it. */
public final class NoticeTimeline implements TimelineSource {
    @Override
    public List<TimelineEntry> entries(Handle handle, Asset asset, Instant atOrBefore, int limit) {
        return handle.attach(NoticeDao.class).listOnAsset(asset.id(), atOrBefore, limit).stream()
                .map(NoticeTimeline::entry)
                .toList();
    }

    private static TimelineEntry entry(NoticeDao.OnAsset notice) {
        return new TimelineEntry(
                notice.happenedAt(),
                notice.id().toString(),
                "notice." + notice.topic().word(),
                "reminder.timeline." + notice.subjectKind(),
                List.of(notice.person(), notice.about()),
                null,
                "/mails/" + notice.outboxId(),
                Map.of("state", notice.state(), "about", notice.about()));
    }
}
