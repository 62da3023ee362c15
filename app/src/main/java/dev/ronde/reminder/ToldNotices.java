package dev.ronde.reminder;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.timeline.TimelineEntry;
import dev.ronde.asset.timeline.TimelineSource;
import dev.ronde.finding.NoticeLookup;
import dev.ronde.platform.db.Batches;
import dev.ronde.review.FirstNotice;
import dev.ronde.review.Review;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What other rooms ask of the notices: when the first mail about a review was accepted, by its owner or by a lead who must decide (“promptly
 * notified”, for the export); who was told of a finding; and what was told about an asset, once there is a mail that tells it.
 */
public final class ToldNotices implements FirstNotice, NoticeLookup, TimelineSource {
    @Override
    public @Nullable Instant of(Handle handle, Review review) {
        return of(handle, List.of(review)).get(review.id());
    }

    @Override
    public Map<UUID, Instant> of(Handle handle, List<Review> reviews) {
        return Batches.of(reviews.stream().map(Review::id).toList()).stream()
                .flatMap(some -> handle.attach(NoticeDao.class).listFirstAccepted(some).stream())
                .collect(Collectors.toMap(NoticeDao.First::subjectId, NoticeDao.First::settledAt));
    }

    @Override
    public List<Told> told(Handle handle, UUID findingId) {
        return handle.attach(NoticeDao.class).listTold(findingId);
    }

    @Override
    public List<TimelineEntry> entries(Handle handle, Asset asset, Instant atOrBefore, int limit) {
        return handle.attach(NoticeDao.class).listOnAsset(asset.id(), atOrBefore, limit).stream()
                .map(notice -> new TimelineEntry(
                        notice.happenedAt(),
                        notice.id().toString(),
                        "notice." + notice.topic().word(),
                        "reminder.timeline." + notice.subjectKind(),
                        List.of(notice.person(), notice.about()),
                        null,
                        "/mails/" + notice.outboxId(),
                        Map.of("state", notice.state(), "about", notice.about())))
                .toList();
    }
}
