package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
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

/** Looks at all open reviews and findings and queues what each person must be told. What people set off is gathered for a minute. */
public final class Reminders implements Tick {
    static final Duration GATHERED = Duration.ofSeconds(60);
    /** After an outage the other ticks catch up first, so that one mail tells it all. */
    private static final Duration OTHERS_FIRST = Duration.ofMinutes(2);

    private static final Duration OUTAGE = Duration.ofHours(1);

    private final Database database;
    private final People people;
    private final List<Source> sources;
    private final Gathering gathering;
    private Set<String> lastSettled = Set.of();
    private Instant begunAt = Instant.MIN;

    Reminders(Database database, People people, List<Source> sources, Gathering gathering) {
        this.database = database;
        this.people = people;
        this.sources = List.copyOf(sources);
        this.gathering = gathering;
    }

    interface Source {
        /**
         * Everything of its kind that must be told now and was not.
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
        if (looked(now).filter(before -> before.plus(OUTAGE).isBefore(now)).isPresent()) {
            begunAt = now;
        }
        return now.isBefore(begunAt.plus(OTHERS_FIRST)) ? 0 : queue(gathered(items(now), now), now);
    }

    /** Waits until the other ticks bring nothing new, instead of for minutes. */
    @Override
    public synchronized int settle(Instant now) {
        looked(now);
        List<Item> items = items(now);
        Set<String> keys = items.stream().map(Item::key).collect(Collectors.toCollection(TreeSet::new));
        if (!keys.equals(lastSettled)) {
            lastSettled = keys;
            return keys.isEmpty() ? 0 : 1;
        }
        return queue(items, now);
    }

    /** Returns when somebody last looked; ignores a future instant from a clock that ran ahead. */
    private Optional<Instant> looked(Instant now) {
        return database.inTransaction(tx -> {
            NoticeDao dao = tx.attach(NoticeDao.class);
            Optional<Instant> before = dao.findLookedAt().filter(at -> !at.isAfter(now));
            dao.look(now);
            return before;
        });
    }

    private List<Item> items(Instant now) {
        return database.read(handle -> {
            Calendars calendars = new Calendars(handle, people, now);
            List<Item> items = new ArrayList<>();
            sources.forEach(source -> items.addAll(source.at(handle, calendars, now)));
            return calendars.reaching(items);
        });
    }

    /** Holds a person's items for a minute after somebody sets one off; urgent ones that nobody set off still leave. */
    private static List<Item> gathered(List<Item> items, Instant now) {
        Set<UUID> fresh = items.stream()
                .filter(item -> item.setOffAt().isAfter(now.minus(GATHERED)))
                .map(Item::personId)
                .collect(Collectors.toSet());
        return items.stream()
                .filter(item -> !fresh.contains(item.personId())
                        || (item.urgent() && item.setOffAt().equals(Instant.MIN)))
                .toList();
    }

    private int queue(List<Item> items, Instant now) {
        Map<UUID, List<Item>> byPerson =
                items.stream().collect(Collectors.groupingBy(Item::personId, LinkedHashMap::new, Collectors.toList()));
        int queued = 0;
        RuntimeException failed = null;
        for (Map.Entry<UUID, List<Item>> person : byPerson.entrySet()) {
            try {
                queued += database.inTransaction(tx -> {
                    Person reader = people.get(tx, person.getKey());
                    return gathering.queue(tx, reader, person.getValue(), plannedAgain(tx, person.getValue()), now);
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
        if (failed != null) {
            throw failed;
        }
        return queued;
    }

    /** True if a lead collapsed held mails or earlier links died; all they told then comes in one mail. */
    private static boolean plannedAgain(Handle tx, List<Item> items) {
        List<UUID> subjects = items.stream().map(Item::subjectId).distinct().toList();
        Set<String> asked = items.stream().map(Item::key).collect(Collectors.toSet());
        NoticeDao dao = tx.attach(NoticeDao.class);
        return Batches.of(subjects).stream()
                .flatMap(some -> dao.listPlanned(some, items.get(0).personId()).stream())
                .anyMatch(notice -> asked.contains(notice.key()));
    }
}
