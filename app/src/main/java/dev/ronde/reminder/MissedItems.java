package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.asset.Assets;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.review.Review;
import dev.ronde.review.Reviews;
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
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final Reviews reviews;
    private final Assets assets;
    private final People people;

    MissedItems(Reviews reviews, Assets assets, People people) {
        this.reviews = reviews;
        this.assets = assets;
        this.people = people;
    }

    @Override
    public List<Item> at(Handle handle, Instant now) {
        List<Person> leads = people.leads(handle);
        List<Item> items = new ArrayList<>();
        missed(handle, leads, now, items);
        Calendars calendars = new Calendars(handle, people);
        for (Person lead : leads) {
            unrecorded(handle, lead, calendars.times(lead), now, items);
        }
        return items;
    }

    /** A missed review is told to every lead at once, at any hour. */
    private void missed(Handle handle, List<Person> leads, Instant now, List<Item> items) {
        for (UUID id : handle.attach(NoticeDao.class).listMissedUntold(now.minus(REMEMBERED))) {
            Review review = reviews.find(handle, id).orElseThrow();
            Rung rung = Rung.of(
                    Step.MISSED, Objects.requireNonNullElse(review.closing().missedAt(), now));
            leads.forEach(lead -> items.add(item(handle, review, lead, rung, true)));
        }
    }

    /** Every Monday each lead hears of all that was missed a week ago or more and is still without cause and recovery. */
    private void unrecorded(Handle handle, Person lead, NoticeTimes times, Instant now, List<Item> items) {
        LocalDate monday = LocalTimes.dayOf(now, times.zone()).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        Rung rung = Rung.on(Step.RECOVERY, monday, times.morningOf(monday));
        if (rung.at().isAfter(now) || !times.open(now)) {
            return;
        }
        NoticeDao dao = handle.attach(NoticeDao.class);
        for (UUID id : dao.listUnrecorded(LocalTimes.startOf(monday.minusDays(6), times.zone()))) {
            if (!Notice.toldTo(dao.listOf(id), lead.id()).contains(rung.key())) {
                items.add(item(handle, reviews.find(handle, id).orElseThrow(), lead, rung, false));
            }
        }
    }

    private Item item(Handle handle, Review review, Person lead, Rung rung, boolean first) {
        return new Item(
                lead.id(),
                Notice.REVIEW,
                review.id(),
                review.ref(),
                review.version(),
                assets.byId(handle, review.assetId()).ref(),
                reviews.controls(handle, review),
                rung,
                List.of(),
                List.of(),
                first,
                Instant.MIN,
                true);
    }
}
