package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What leads must be told of reviews whose window closed: each at once, and weekly all that are still without cause and recovery. */
final class MissedItems implements Reminders.Source {
    /** Older misses wait for Monday's mail; only bounced ones are still told by themselves. */
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final Reviews reviews;
    private final Assets assets;

    MissedItems(Reviews reviews, Assets assets) {
        this.reviews = reviews;
        this.assets = assets;
    }

    @Override
    public List<Item> at(Handle handle, Calendars calendars, Instant now) {
        List<Draft> drafts = new ArrayList<>();
        for (Person lead : calendars.leads()) {
            unrecorded(handle, lead, calendars.times(lead), now, drafts);
        }
        drafts.addAll(missed(handle, calendars, now, List.copyOf(drafts)));
        return Draft.items(handle, assets, drafts);
    }

    /**
     * A missed review is told to every lead at once, at any hour.
     *
     * @param weekly what leads hear of today as still unrecorded
     */
    private List<Draft> missed(Handle handle, Calendars calendars, Instant now, List<Draft> weekly) {
        List<Draft> drafts = new ArrayList<>();
        NoticeDao dao = handle.attach(NoticeDao.class);
        for (UUID id : dao.listMissedUntold(now.minus(Told.ONCE_MORE_WITHIN))) {
            Review review = reviews.find(handle, id).orElseThrow();
            Rung rung = Rung.of(
                    Topic.MISSED, Objects.requireNonNullElse(review.closing().missedAt(), now));
            List<Notice> all = dao.listOf(id);
            List<Notice> notices = all.stream()
                    .filter(notice -> notice.topic() == Topic.MISSED)
                    .toList();
            if (rung.at().isBefore(now.minus(REMEMBERED)) && notices.stream().noneMatch(Notice::cameBack)) {
                continue;
            }
            boolean nobody = notices.stream().allMatch(Notice::cameBack);
            for (Person lead : calendars.leads()) {
                Told told = Told.of(notices, lead.id(), calendars.times(lead), now);
                Rung due = told.due(rung);
                boolean theirs = nobody
                        || notices.stream().anyMatch(notice -> notice.personId().equals(lead.id()));
                boolean overtaken = due.isOnceMore() && asked(review, lead, all, weekly);
                if (theirs && !overtaken && !told.was(due) && !due.at().isAfter(now)) {
                    drafts.add(new Draft(review, lead.id(), due, List.of(), true, Instant.MIN, true));
                }
            }
        }
        return drafts;
    }

    /** True if the lead is or was asked why it was missed; a bounced mail then need not be repeated. */
    private static boolean asked(Review review, Person lead, List<Notice> notices, List<Draft> weekly) {
        return weekly.stream()
                        .anyMatch(draft -> draft.review().id().equals(review.id())
                                && draft.personId().equals(lead.id()))
                || notices.stream()
                        .anyMatch(notice -> notice.topic() == Topic.RECOVERY
                                && notice.personId().equals(lead.id())
                                && (notice.settledAt() == null || notice.told()));
    }

    /** Every Monday each lead hears of all misses a week old or more that lack cause and recovery. */
    private void unrecorded(Handle handle, Person lead, NoticeTimes times, Instant now, List<Draft> drafts) {
        LocalDate monday = LocalTimes.dayOf(now, times.zone()).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        Rung rung = Rung.on(Topic.RECOVERY, monday, times.morningOf(monday));
        if (rung.at().isAfter(now) || !times.open(now)) {
            return;
        }
        NoticeDao dao = handle.attach(NoticeDao.class);
        for (UUID id : dao.listUnrecorded(LocalTimes.startOf(monday.minusDays(6), times.zone()))) {
            Told told = Told.of(dao.listOf(id), lead.id(), times, now);
            Rung due = told.due(rung);
            if (!told.was(due)) {
                Review review = reviews.find(handle, id).orElseThrow();
                drafts.add(new Draft(review, lead.id(), due, List.of(), false, Instant.MIN));
            }
        }
    }
}
