package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
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
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Tells beforehand which mails leave when reviews open together. It asks what the reminders will ask, at the instant at which
 * each person may be written to, and gathers the answers as they will; so the numbers are those of what then happens.
 */
public record MailCount(People people, Assets assets, FindingLook findings, Outbox outbox) implements MailForecast {
    @Override
    public MailsAhead of(Handle tx, Reviews reviews, List<Review> opened, Instant now) {
        if (opened.isEmpty()) {
            return MailsAhead.NONE;
        }
        WorldReader worlds = new WorldReader(reviews, assets, people, findings, (handle, at, age) -> Map.of());
        Set<UUID> subjects = opened.stream().map(Review::id).collect(Collectors.toSet());
        Directory directory = directory(tx, opened, now);
        Total total = new Total(tx, outbox, subjects);
        leaving(directory, now).forEach((at, group) -> {
            World world = worlds.all(tx, at);
            Map<UUID, List<Candidate>> told = Candidate.of(world, Wanted.of(world, at), at).stream()
                    .filter(candidate -> group.containsKey(candidate.personId()))
                    .collect(Collectors.groupingBy(Candidate::personId));
            // what waits for them beside it is told with it
            told.values().stream()
                    .filter(theirs -> theirs.stream().anyMatch(total::concerns))
                    .forEach(theirs -> {
                        Person person =
                                Objects.requireNonNull(group.get(theirs.get(0).personId()));
                        total.add(person, theirs, directory.times(person), at);
                    });
        });
        return total.ahead();
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

    private static final class Total {
        private final Handle handle;
        private final Outbox outbox;
        private final Set<UUID> subjects;
        private final TreeMap<Instant, Integer> leaving = new TreeMap<>();
        private int people;
        private MailsAhead.@Nullable First first;

        Total(Handle handle, Outbox outbox, Set<UUID> subjects) {
            this.handle = handle;
            this.outbox = outbox;
            this.subjects = subjects;
        }

        boolean concerns(Candidate candidate) {
            return subjects.contains(candidate.subjectId());
        }

        /** Counts the mails to one person that leave now and tell these reviews, and the next day's for what waits. */
        void add(Person person, List<Candidate> candidates, NoticeTimes times, Instant now) {
            List<Parcel> parcels = Parcel.of(handle, outbox, person, candidates, false, true, now);
            int today = (int) parcels.stream()
                    .filter(parcel -> parcel.candidates().stream().anyMatch(this::concerns))
                    .count();
            boolean later = candidates.stream()
                    .filter(this::concerns)
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
