package dev.ronde.review;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.timeline.TimelineEntry;
import dev.ronde.asset.timeline.TimelineSource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Puts what happened to the reviews of an asset on its timeline. */
public final class ReviewTimeline implements TimelineSource {
    @Override
    public List<TimelineEntry> entries(Handle handle, Asset asset, Instant atOrBefore, int limit) {
        return handle.attach(ReviewEventDao.class).listByAsset(asset.id(), atOrBefore, limit).stream()
                .map(ReviewTimeline::entry)
                .toList();
    }

    private static TimelineEntry entry(ReviewEventDao.OnAsset event) {
        String ref = "REV-" + event.reviewNumber();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("review", ref);
        data.put("channel", event.channel());
        return new TimelineEntry(
                event.happenedAt(),
                event.id().toString(),
                "review." + event.eventType(),
                "review.timeline." + event.eventType(),
                List.of(ref),
                event.channel().equals("system") ? null : event.actorRef(),
                "/reviews/" + ref,
                data);
    }
}
