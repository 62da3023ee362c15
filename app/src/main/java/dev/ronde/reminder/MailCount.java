package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.finding.waiver.EndingWaivers;
import dev.ronde.finding.waiver.RequestedWaivers;
import dev.ronde.mail.Outbox;
import dev.ronde.mail.health.AddressHealth;
import dev.ronde.platform.db.Batches;
import dev.ronde.platform.http.Role;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.planning.MailForecast;
import dev.ronde.review.planning.MailsAhead;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
    private final FindingLook findings;
    private final Outbox outbox;
    private final Gathering gathering;

    public MailCount(
            People people,
            Assets assets,
            FindingLook findings,
            Outbox outbox,
            EvidenceLog evidence,
            InstantSource clock) {
        this.people = people;
        this.assets = assets;
        this.findings = findings;
        this.outbox = outbox;
        this.gathering = new Gathering(outbox, evidence, clock);
    }

    @Override
    public MailsAhead of(Handle tx, Reviews reviews, List<Review> opened, Instant now) {
        if (opened.isEmpty()) {
            return MailsAhead.NONE;
        }
        Calendars calendars = new Calendars(tx, people, now);
        ReviewItems source = new ReviewItems(reviews, assets, people, new AddressHealth());
        Set<UUID> subjects = opened.stream().map(Review::id).collect(Collectors.toSet());
        List<Reminders.Source> others = List.of(
                new MissedItems(reviews, assets),
                new LapsedItems(reviews, assets),
                new FindingItems(findings, assets),
                new WaiverItems(new EndingWaivers(), assets),
                new RequestItems(new RequestedWaivers()));
        Concerned concerned = new Concerned(tx, reviews, assets, people, calendars);
        Total total = new Total(tx, outbox);
        leaving(tx, calendars, opened, now).forEach((at, group) -> {
            Calendars then = new Calendars(tx, people, at);
            List<Item> first = source.about(tx, at, review -> subjects.contains(review.id()));
            Set<UUID> told = then.reaching(first).stream()
                    .map(Item::personId)
                    .filter(group::containsKey)
                    .collect(Collectors.toSet());
            if (told.isEmpty()) {
                return;
            }
            // what waits for them beside it is told with it
            List<Item> items = new ArrayList<>(
                    source.about(tx, at, review -> subjects.contains(review.id()) || concerned.by(review, told)));
            others.forEach(other -> items.addAll(other.at(tx, then, at)));
            items.stream()
                    .filter(item -> told.contains(item.personId()))
                    .collect(Collectors.groupingBy(Item::personId))
                    .forEach((id, theirs) -> {
                        boolean byCalendar =
                                theirs.stream().allMatch(item -> item.setOffAt().equals(Instant.MIN));
                        Person person = Objects.requireNonNull(group.get(id));
                        NoticeTimes times = calendars.times(person);
                        total.add(gathering.foresee(
                                tx, person, subjects, theirs, times, byCalendar ? Ladder.morning(now, times) : at));
                    });
        });
        return total.ahead();
    }

    private static final class Concerned {
        private final Map<UUID, Asset> assets = new HashMap<>();
        private final Set<UUID> leads;
        /** People who may give a second signature when no lead may. */
        private final Set<UUID> signers;

        Concerned(Handle tx, Reviews reviews, Assets inventory, People people, Calendars calendars) {
            leads = ids(calendars.leads());
            signers = ids(people.withRole(tx, Role.ADMIN));
            Batches.of(reviews.waiting(tx).stream()
                            .map(Review::assetId)
                            .distinct()
                            .toList())
                    .forEach(some -> assets.putAll(inventory.byIds(tx, some)));
        }

        private static Set<UUID> ids(List<Person> people) {
            return people.stream().map(Person::id).collect(Collectors.toSet());
        }

        boolean by(Review review, Set<UUID> told) {
            Asset asset = assets.get(review.assetId());
            return told.stream().anyMatch(leads::contains)
                    || told.contains(review.ownerId())
                    || told.contains(review.handling().delegatedTo())
                    || (review.approval().pending() && told.stream().anyMatch(signers::contains))
                    || (asset != null && (told.contains(asset.backupId()) || told.contains(asset.managerId())));
        }
    }

    private Map<Instant, Map<UUID, Person>> leaving(Handle tx, Calendars calendars, List<Review> opened, Instant now) {
        Set<UUID> ids = new HashSet<>();
        calendars.leads().forEach(lead -> ids.add(lead.id()));
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
                                    Ladder.morning(now.plus(Reminders.GATHERED), calendars.times(person)),
                                    at -> new HashMap<>())
                            .put(person.id(), person));
        }
        return leaving;
    }

    private static final class Total {
        private final Handle handle;
        private final Outbox outbox;
        private final TreeMap<Instant, Integer> leaving = new TreeMap<>();
        private int people;
        private MailsAhead.@Nullable First first;

        Total(Handle handle, Outbox outbox) {
            this.handle = handle;
            this.outbox = outbox;
        }

        void add(Gathering.Foreseen foreseen) {
            leaving.merge(foreseen.at(), foreseen.mails(), Integer::sum);
            people++;
            if (first == null || foreseen.at().isBefore(first.at())) {
                first = new MailsAhead.First(foreseen.at(), foreseen.zone());
            }
        }

        MailsAhead ahead() {
            int mails = leaving.values().stream().mapToInt(Integer::intValue).sum();
            return new MailsAhead(mails, people, mails - passing(), first);
        }

        /** How many mails leave before the brake holds one; it then holds all later ones. */
        private int passing() {
            int passing = 0;
            for (Map.Entry<Instant, Integer> some : leaving.entrySet()) {
                Instant at = some.getKey();
                int before = leaving.subMap(at.minus(Duration.ofHours(1)), false, at, false).values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
                long room = outbox.roomAt(handle, at, before);
                if (room < some.getValue()) {
                    return passing + (int) room;
                }
                passing += some.getValue();
            }
            return passing;
        }
    }
}
