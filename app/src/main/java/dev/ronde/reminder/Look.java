package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.mail.health.Absence;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewEvent;
import dev.ronde.review.answer.Reviews;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * One look at the world, for everything that is told at one instant.
 *
 * @param assets those read so far, by id
 * @param given how each review came to its owner, by review
 * @param reopenings by whom and when those were opened again that had been attested, by review
 */
record Look(
        Handle handle,
        Instant now,
        Reviews reviews,
        Assets inventory,
        Calendars calendars,
        Map<UUID, Absence> away,
        Map<UUID, Asset> assets,
        Map<UUID, ReviewEvent> given,
        Map<UUID, List<NoticeDao.Reopening>> reopenings) {
    Look(Handle handle, Instant now, Reviews reviews, Assets inventory, Calendars calendars, Map<UUID, Absence> away) {
        this(handle, now, reviews, inventory, calendars, away, new HashMap<>(), new HashMap<>(), new HashMap<>());
    }

    List<Person> leads() {
        return calendars.leads();
    }

    Told told(List<Notice> notices, Person person) {
        return Told.of(notices, person.id(), calendars.times(person), now);
    }

    /** The rung, if it comes today, the person may be written to now and was not told it. */
    Optional<Rung> ready(Person person, Rung rung, List<Notice> notices) {
        NoticeTimes times = calendars.times(person);
        Told told = told(notices, person);
        return Optional.of(told.due(rung)).filter(due -> !due.at().isAfter(now) && times.open(now) && !told.was(due));
    }

    /** When a person handed the review out, if the rung had come by then; else {@link Instant#MIN}. */
    Instant setOff(Review review, Rung rung) {
        Instant at = setOff(review);
        return rung.at().isAfter(at) ? Instant.MIN : at;
    }

    /** When a person last handed out or opened this review; {@link Instant#MIN} if the calendar did. */
    Instant setOff(Review review) {
        ReviewEvent event = given.get(review.id());
        return event == null || event.channel().equals("system") ? Instant.MIN : event.happenedAt();
    }

    Asset asset(Review review) {
        return assets.computeIfAbsent(review.assetId(), id -> inventory.byId(handle, id));
    }
}
