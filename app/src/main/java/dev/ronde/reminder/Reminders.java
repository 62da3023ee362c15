package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.platform.db.Batches;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.schedule.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all open reviews and findings and queues what each person must be told. What people set off is gathered for
 * a minute; after an outage everything for one person becomes one digest, but for what a preview foretold.
 */
public final class Reminders implements Tick {
    static final Duration GATHERED = Duration.ofSeconds(60);
    private static final Duration OUTAGE = Duration.ofHours(1);
    private static final Duration OTHERS_FIRST = Duration.ofMinutes(2);

    private final Database database;
    private final People people;
    private final List<Source> sources;
    private final Gathering gathering;
    private Set<String> lastSettled = Set.of();

    Reminders(Database database, People people, List<Source> sources, Gathering gathering) {
        this.database = database;
        this.people = people;
        this.sources = List.copyOf(sources);
        this.gathering = gathering;
    }

    /** Knows what must be told now. */
    interface Source {
        /**
         * Everything of its kind that must be told now, and what the rest of each person's day brings.
         *
         * @param calendars the people of this look, shared by all sources
         */
        List<Item> at(Handle handle, Calendars calendars, Instant now);
    }

    @Override
    public String name() {
        return "reminders";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(20);
    }

    @Override
    public synchronized int run(Instant now) {
        Downtime downtime = look(now);
        if (downtime.end() != null && now.isBefore(downtime.end().plus(OTHERS_FIRST))) {
            return 0;
        }
        List<Item> items = items(now);
        List<Item> leaving = gathered(items, now);
        // whoever waits while something is gathered for them has not been told yet: for them the downtime is not over
        return queue(leaving, downtime, !catchesUp(items, leaving, downtime), now);
    }

    private boolean catchesUp(List<Item> items, List<Item> leaving, Downtime downtime) {
        if (downtime.end() == null || items.size() == leaving.size()) {
            return false;
        }
        Set<Item> left = new HashSet<>(items);
        leaving.forEach(left::remove);
        Set<UUID> waiting = left.stream().map(Item::personId).collect(Collectors.toSet());
        return database.read(handle -> waiting.stream()
                .map(id -> people.get(handle, id))
                .anyMatch(person -> downtime.isOverFor(people.noticeTimes(handle, person.zone(), person.week()))));
    }

    /** Waits, instead of minutes, until the other ticks bring nothing new. */
    @Override
    public synchronized int settle(Instant now) {
        Downtime downtime = look(now);
        List<Item> items = items(now);
        Set<String> keys = ready(items, now).stream().map(Item::key).collect(Collectors.toCollection(TreeSet::new));
        if (!keys.equals(lastSettled)) {
            lastSettled = keys;
            if (keys.isEmpty()) {
                looked(now);
            }
            return keys.isEmpty() ? 0 : 1;
        }
        return queue(items, downtime, true, now);
    }

    /**
     * The last time that nobody looked for longer than an hour.
     *
     * @param end when it was over; null where there was none yet
     * @param before when people were told last
     */
    private record Downtime(@Nullable Instant end, @Nullable Instant before) {
        /** Whether this is the first look since then at which the person may be written to. */
        boolean isOverFor(NoticeTimes times) {
            return end != null && before != null && before.isBefore(times.next(end));
        }
    }

    private Downtime look(Instant now) {
        return database.inTransaction(tx -> {
            NoticeDao dao = tx.attach(NoticeDao.class);
            // what a clock wrote that ran ahead says nothing
            Instant before = dao.findLookedAt().filter(at -> !at.isAfter(now)).orElse(null);
            Instant end = dao.findCatchUpSince().filter(at -> !at.isAfter(now)).orElse(null);
            boolean late = before != null && before.plus(OUTAGE).isBefore(now);
            boolean known = end != null
                    && before != null
                    && end.isAfter(before)
                    && !end.plus(OUTAGE).isBefore(now);
            if (late && !known) {
                dao.catchUp(now);
                end = now;
            }
            return new Downtime(end, before);
        });
    }

    private void looked(Instant now) {
        database.useTransaction(tx -> tx.attach(NoticeDao.class).look(now));
    }

    private static List<Item> ready(List<Item> items, Instant now) {
        return items.stream().filter(item -> !item.ahead(now)).toList();
    }

    private List<Item> items(Instant now) {
        return database.read(handle -> {
            Calendars calendars = new Calendars(handle, people, now);
            List<Item> items = new ArrayList<>();
            sources.forEach(source -> items.addAll(source.at(handle, calendars, now)));
            return calendars.reaching(items);
        });
    }

    /**
     * Leaves out, for a person who set something off or has it set off for them, all that can wait until the oldest of it is a minute old:
     * what leaves then leaves together.
     */
    private static List<Item> gathered(List<Item> items, Instant now) {
        Map<UUID, Instant> oldest = new LinkedHashMap<>();
        ready(items, now).stream()
                .filter(item ->
                        !item.setOffAt().equals(Instant.MIN) && !item.setOffAt().isAfter(now))
                .forEach(item -> oldest.merge(
                        item.personId(), item.setOffAt(), (one, other) -> one.isBefore(other) ? one : other));
        return items.stream()
                .filter(item -> (item.urgent() && item.setOffAt().equals(Instant.MIN))
                        || !oldest.containsKey(item.personId())
                        || !now.isBefore(oldest.get(item.personId()).plus(GATHERED)))
                .toList();
    }

    /**
     * Queues what each person is told.
     *
     * @param all whether nobody is left out who has not been told since the last downtime
     */
    private int queue(List<Item> items, Downtime downtime, boolean all, Instant now) {
        Map<UUID, List<Item>> byPerson =
                items.stream().collect(Collectors.groupingBy(Item::personId, LinkedHashMap::new, Collectors.toList()));
        int queued = 0;
        RuntimeException failed = null;
        for (Map.Entry<UUID, List<Item>> person : byPerson.entrySet()) {
            Gathering.Told told = Gathering.Told.of(person.getValue(), now);
            if (told.now().isEmpty()) {
                continue;
            }
            try {
                queued += database.inTransaction(tx -> {
                    Person reader = people.get(tx, person.getKey());
                    NoticeTimes times = people.noticeTimes(tx, reader.zone(), reader.week());
                    return gathering.queue(
                            tx,
                            reader,
                            told,
                            downtime.isOverFor(times) && times.open(now),
                            plannedAgain(tx, told.now()),
                            now);
                });
            } catch (RuntimeException e) {
                // what cannot be told to one person must not keep the others from what is theirs
                if (failed == null) {
                    failed = e;
                } else {
                    failed.addSuppressed(e);
                }
            }
        }
        if (all) {
            looked(now);
        }
        if (failed != null) {
            throw failed;
        }
        return queued;
    }

    /** Whether a lead collapsed held mails: what they told comes in one digest. */
    private static boolean plannedAgain(Handle tx, List<Item> items) {
        List<UUID> subjects = items.stream().map(Item::subjectId).distinct().toList();
        Set<String> asked = items.stream().map(Item::key).collect(Collectors.toSet());
        NoticeDao dao = tx.attach(NoticeDao.class);
        return Batches.of(subjects).stream()
                .flatMap(some -> dao.listPlanned(some, items.get(0).personId()).stream())
                .anyMatch(notice -> asked.contains(notice.key()));
    }
}
