package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.asset.Assets;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.mail.Outbox;
import dev.ronde.mail.health.AddressHealth;
import dev.ronde.platform.db.Batches;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.planning.MailForecast;
import dev.ronde.review.planning.MailsAhead;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Tells beforehand which mails leave when reviews open together. It asks what the reminders will ask, at the instant at which
 * each person may be written to, and gathers the answers as they will; so the numbers are those of what then happens.
 */
public final class MailCount implements MailForecast {
    private final People people;
    private final Assets assets;
    private final Gathering gathering;

    /** Stands on what the reminders stand on. */
    public MailCount(People people, Assets assets, Outbox outbox, EvidenceLog evidence, InstantSource clock) {
        this.people = people;
        this.assets = assets;
        this.gathering = new Gathering(outbox, evidence, clock);
    }

    @Override
    public MailsAhead of(Handle tx, Reviews reviews, List<Review> opened, Instant now) {
        if (opened.isEmpty()) {
            return MailsAhead.NONE;
        }
        Calendars calendars = new Calendars(tx, people);
        ReviewItems source = new ReviewItems(reviews, assets, people, new AddressHealth());
        Set<UUID> subjects = opened.stream().map(Review::id).collect(Collectors.toSet());
        Map<Instant, Map<UUID, Person>> leaving = leaving(tx, calendars, opened, now);
        Set<UUID> told = leaving.values().stream()
                .flatMap(group -> group.keySet().stream())
                .collect(Collectors.toSet());
        Total total = new Total();
        leaving.forEach((at, group) -> {
            Map<UUID, List<Item>> items =
                    source
                            .about(tx, at, review -> subjects.contains(review.id()) || told.contains(review.ownerId()))
                            .stream()
                            .filter(item -> group.containsKey(item.personId()))
                            .collect(Collectors.groupingBy(Item::personId));
            items.forEach((id, theirs) -> {
                List<Item> ofOpened = theirs.stream()
                        .filter(item -> subjects.contains(item.subjectId()) && !item.ahead(at))
                        .toList();
                if (!ofOpened.isEmpty()) {
                    Person person = Objects.requireNonNull(group.get(id));
                    Gathering.Told all = Gathering.Told.of(theirs, at);
                    boolean byCalendar =
                            all.now().stream().allMatch(item -> item.setOffAt().equals(Instant.MIN));
                    NoticeTimes times = calendars.times(person);
                    total.add(gathering.foresee(tx, person, subjects, all, times, byCalendar ? times.next(now) : at));
                }
            });
        });
        return total.ahead();
    }

    /** Everybody who may hear of these reviews, by the instant at which what was set off now reaches them. */
    private Map<Instant, Map<UUID, Person>> leaving(Handle tx, Calendars calendars, List<Review> opened, Instant now) {
        Set<UUID> ids = new HashSet<>();
        people.leads(tx).forEach(lead -> ids.add(lead.id()));
        opened.forEach(review -> ids.add(review.ownerId()));
        Batches.of(opened.stream().map(Review::assetId).distinct().toList())
                .forEach(some -> assets.byIds(tx, some).values().forEach(asset -> {
                    ids.add(asset.backupId());
                    ids.add(asset.managerId());
                }));
        Map<Instant, Map<UUID, Person>> leaving = new TreeMap<>();
        for (UUID id : ids) {
            calendars
                    .active(id)
                    .ifPresent(person -> leaving.computeIfAbsent(
                                    calendars.times(person).next(now.plus(Reminders.GATHERED)), at -> new HashMap<>())
                            .put(person.id(), person));
        }
        return leaving;
    }

    /** What has been counted so far. */
    private static final class Total {
        private int mails;
        private int people;
        private MailsAhead.@Nullable First first;

        void add(Gathering.Foreseen foreseen) {
            mails += foreseen.mails();
            people++;
            if (first == null || foreseen.at().isBefore(first.at())) {
                first = new MailsAhead.First(foreseen.at(), foreseen.zone());
            }
        }

        MailsAhead ahead() {
            return new MailsAhead(mails, people, first);
        }
    }
}
