package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Who must hear that a request to take a review over has lapsed: whoever a mail had told that they are asked, and who had asked;
 * nobody hears of what they did themselves.
 */
final class LapsedItems implements Reminders.Source {
    private final Reviews reviews;
    private final Assets assets;

    LapsedItems(Reviews reviews, Assets assets) {
        this.reviews = reviews;
        this.assets = assets;
    }

    @Override
    public List<Item> at(Handle handle, Calendars calendars, Instant now) {
        Instant since = now.minus(Told.ONCE_MORE_WITHIN);
        NoticeDao dao = handle.attach(NoticeDao.class);
        List<UUID> lapsed = dao.listLapsed(since);
        List<Draft> drafts = new ArrayList<>();
        if (!lapsed.isEmpty()) {
            Map<UUID, List<Notice>> told = dao.bySubject(lapsed);
            Map<UUID, Review> found = reviews.byIds(handle, lapsed);
            for (Review review : lapsed.stream().map(found::get).toList()) {
                List<Notice> notices = told.getOrDefault(review.id(), List.of());
                Lapse.of(reviews.history(handle, review.id())).stream()
                        .filter(lapse -> lapse.ended().happenedAt().isAfter(since))
                        .forEach(lapse -> Stream.concat(
                                        lapse.told(notices),
                                        dao.findPerson(lapse.asked().actorRef()).stream())
                                .distinct()
                                .flatMap(person -> calendars.reached(person).stream())
                                .filter(person -> lapse.concerns(person, review, now))
                                .forEach(person ->
                                        add(review, lapse, person, calendars.times(person), notices, now, drafts)));
            }
        }
        return Draft.items(handle, assets, drafts);
    }

    private static void add(
            Review review,
            Lapse lapse,
            Person person,
            NoticeTimes times,
            List<Notice> notices,
            Instant now,
            List<Draft> drafts) {
        Instant ended = lapse.ended().happenedAt();
        Told told = Told.of(notices, person.id(), times, now);
        Rung rung = told.due(lapse.rung(Ladder.morning(ended, times)));
        if (!told.was(rung) && times.open(now) && !rung.at().isAfter(now)) {
            drafts.add(new Draft(review, person.id(), rung, List.of(), false, ended));
        }
    }
}
