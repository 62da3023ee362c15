package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.platform.db.Batches;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.schedule.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

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
         * Everything of its kind that must be told.
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
        Optional<Instant> catchUpSince = look(now);
        if (catchUpSince.isPresent() && now.isBefore(catchUpSince.get().plus(OTHERS_FIRST))) {
            return 0;
        }
        return queue(gathered(items(now), now), catchUpSince.isPresent(), now);
    }

    /** Waits, instead of minutes, until the other ticks bring nothing new. */
    @Override
    public synchronized int settle(Instant now) {
        Optional<Instant> catchUpSince = look(now);
        List<Item> items = items(now);
        Set<String> keys = items.stream().map(Item::key).collect(Collectors.toCollection(TreeSet::new));
        if (!keys.equals(lastSettled)) {
            lastSettled = keys;
            return keys.isEmpty() ? 0 : 1;
        }
        return queue(items, catchUpSince.isPresent(), now);
    }

    private Optional<Instant> look(Instant now) {
        return database.inTransaction(tx -> {
            NoticeDao dao = tx.attach(NoticeDao.class);
            Optional<Instant> before = dao.findLookedAt();
            if (before.isPresent() && before.get().plus(OUTAGE).isBefore(now)) {
                dao.catchUp(now);
            }
            dao.look(now);
            return dao.findCatchUpSince();
        });
    }

    private List<Item> items(Instant now) {
        return database.read(handle -> {
            Calendars calendars = new Calendars(handle, people);
            List<Item> items = new ArrayList<>();
            sources.forEach(source -> items.addAll(source.at(handle, calendars, now)));
            return items;
        });
    }

    /** Leaves out, for a person who set something off or has it set off for them, what is younger than a minute. */
    private static List<Item> gathered(List<Item> items, Instant now) {
        Map<UUID, Instant> oldest = new LinkedHashMap<>();
        items.stream()
                .filter(item -> !item.setOffAt().equals(Instant.MIN))
                .forEach(item -> oldest.merge(
                        item.personId(), item.setOffAt(), (one, other) -> one.isBefore(other) ? one : other));
        return items.stream()
                .filter(item -> item.setOffAt().equals(Instant.MIN)
                        || !now.isBefore(
                                oldest.getOrDefault(item.personId(), now).plus(GATHERED)))
                .toList();
    }

    private int queue(List<Item> items, boolean catchUp, Instant now) {
        Map<UUID, List<Item>> byPerson =
                items.stream().collect(Collectors.groupingBy(Item::personId, LinkedHashMap::new, Collectors.toList()));
        int queued = 0;
        RuntimeException failed = null;
        for (Map.Entry<UUID, List<Item>> person : byPerson.entrySet()) {
            try {
                queued += database.inTransaction(tx -> gathering.queue(
                        tx, person.getKey(), person.getValue(), catchUp, plannedAgain(tx, person.getValue()), now));
            } catch (RuntimeException e) {
                // what cannot be told to one person must not keep the others from what is theirs
                if (failed == null) {
                    failed = e;
                } else {
                    failed.addSuppressed(e);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
        if (catchUp) {
            database.useTransaction(tx -> tx.attach(NoticeDao.class).catchUp(null));
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
