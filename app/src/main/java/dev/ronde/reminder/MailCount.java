package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.mail.Outbox;
import dev.ronde.mail.health.AddressHealth;
import dev.ronde.platform.db.Batches;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.planning.MailForecast;
import dev.ronde.review.planning.MailsAhead;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
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

    public MailCount(People people, Assets assets, FindingLook findings, Outbox outbox) {
        this.people = people;
        this.assets = assets;
        this.findings = findings;
        this.outbox = outbox;
    }

    @Override
    public MailsAhead of(Handle tx, Reviews reviews, List<Review> opened, Instant now) {
        if (opened.isEmpty()) {
            return MailsAhead.NONE;
        }
        WorldReader worlds = new WorldReader(reviews, assets, people, findings, (handle, at, age) -> Map.of());
        Set<UUID> subjects = opened.stream().map(Review::id).collect(Collectors.toSet());
        Directory directory = directory(tx, opened, now);
        Concerned concerned = new Concerned(tx, reviews, assets, directory);
        Total total = new Total(tx, outbox);
        leaving(directory, now).forEach((at, group) -> {
            Set<UUID> told = candidates(tx, worlds, review -> subjects.contains(review.id()), at).stream()
                    .filter(candidate ->
                            subjects.contains(candidate.subjectId()) && group.containsKey(candidate.personId()))
                    .map(Candidate::personId)
                    .collect(Collectors.toSet());
            if (told.isEmpty()) {
                return;
            }
            // what waits for them beside it is told with it
            candidates(tx, worlds, review -> subjects.contains(review.id()) || concerned.by(review, told), at).stream()
                    .filter(candidate -> told.contains(candidate.personId()))
                    .collect(Collectors.groupingBy(Candidate::personId))
                    .forEach((id, theirs) -> {
                        boolean byCalendar = theirs.stream()
                                .allMatch(candidate ->
                                        candidate.notice().setOffAt().equals(Instant.MIN));
                        Person person = Objects.requireNonNull(group.get(id));
                        NoticeTimes times = directory.times(person);
                        Instant from = byCalendar ? Ladder.morning(now, times) : at;
                        total.add(
                                person,
                                Parcel.of(tx, outbox, person, theirs, false, true, from),
                                theirs,
                                subjects,
                                times,
                                from);
                    });
        });
        return total.ahead();
    }

    private static List<Candidate> candidates(Handle tx, WorldReader worlds, Predicate<Review> which, Instant at) {
        World world = worlds.all(tx, which, at);
        return Candidate.of(world, Wanted.of(world, at), at);
    }

    /** Whoever may be told of these reviews. */
    private Directory directory(Handle tx, List<Review> opened, Instant now) {
        Set<@Nullable UUID> ids = new HashSet<>();
        opened.forEach(review -> ids.add(review.ownerId()));
        Batches.of(opened.stream().map(Review::assetId).distinct().toList())
                .forEach(some -> assets.byIds(tx, some).values().forEach(asset -> {
                    ids.add(asset.backupId());
                    ids.add(asset.managerId());
                }));
        Set<UUID> known = ids.stream().filter(Objects::nonNull).collect(Collectors.toSet());
        return Directory.read(tx, people, known, new AddressHealth().troubled(tx), null, now);
    }

    private static Map<Instant, Map<UUID, Person>> leaving(Directory directory, Instant now) {
        Map<Instant, Map<UUID, Person>> leaving = new TreeMap<>();
        for (UUID id : directory.known().keySet()) {
            directory
                    .active(id)
                    .ifPresent(person -> leaving.computeIfAbsent(
                                    Ladder.morning(now.plus(Reminders.GATHERED), directory.times(person)),
                                    at -> new HashMap<>())
                            .put(id, person));
        }
        return leaving;
    }

    private static final class Concerned {
        private final Map<UUID, Asset> assets = new HashMap<>();
        private final Set<UUID> leads;
        /** People who may give a second signature when no lead may. */
        private final Set<UUID> signers;

        Concerned(Handle tx, Reviews reviews, Assets inventory, Directory directory) {
            leads = ids(directory.leads());
            signers = ids(directory.admins());
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

        /** Counts the parcels of one person that leave now and tell these reviews, and the next day's mail for what waits. */
        void add(
                Person person,
                List<Parcel> parcels,
                List<Candidate> candidates,
                Set<UUID> subjects,
                NoticeTimes times,
                Instant now) {
            int today = (int)
                    parcels.stream().filter(parcel -> parcel.tells(subjects)).count();
            boolean later = candidates.stream()
                    .filter(candidate -> subjects.contains(candidate.subjectId()))
                    .anyMatch(candidate -> parcels.stream()
                            .noneMatch(parcel -> parcel.candidates().contains(candidate)));
            Instant tomorrow =
                    times.morningOf(LocalTimes.dayOf(now, person.zone()).plusDays(1));
            Instant at = today > 0 ? now : tomorrow;
            leaving.merge(at, today + (later ? 1 : 0), Integer::sum);
            people++;
            if (first == null || at.isBefore(first.at())) {
                first = new MailsAhead.First(at, person.zone());
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
