package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.schedule.Tick;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Looks at all open reviews and findings and queues what each person must be told. What comes of one change is gathered for a minute. */
public final class Reminders implements Tick {
    static final Duration GATHERED = Duration.ofSeconds(60);
    /** After an outage the other ticks catch up first, so that one mail tells it all. */
    private static final Duration OTHERS_FIRST = Duration.ofMinutes(2);

    private static final Duration OUTAGE = Duration.ofHours(1);
    private static final Duration JUST_BACK = Duration.ofMinutes(10);

    private final Database database;
    private final People people;
    private final WorldReader worlds;
    private final Gathering gathering;
    private Set<NoticeRow.Key> lastSettled = Set.of();
    private Outage outage = new Outage(Instant.MIN, Instant.MIN);

    private record Outage(Instant from, Instant until) {}

    Reminders(Database database, People people, WorldReader worlds, Gathering gathering) {
        this.database = database;
        this.people = people;
        this.worlds = worlds;
        this.gathering = gathering;
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
        look(now);
        return now.isBefore(outage.until().plus(OTHERS_FIRST)) ? 0 : queue(gathered(candidates(now), now), now);
    }

    /** Waits until the other ticks bring nothing new, instead of for minutes. */
    @Override
    public synchronized int settle(Instant now) {
        look(now);
        List<Candidate> candidates = candidates(now);
        Set<NoticeRow.Key> keys = candidates.stream().map(Candidate::key).collect(Collectors.toSet());
        if (!keys.equals(lastSettled)) {
            lastSettled = keys;
            return keys.isEmpty() ? 0 : 1;
        }
        return queue(candidates, now);
    }

    /** Notes an outage where nobody looked for an hour; ignores a future look of a clock that ran ahead. */
    private void look(Instant now) {
        database.useTransaction(tx -> {
            NoticeDao dao = tx.attach(NoticeDao.class);
            dao.findLookedAt()
                    .filter(before -> before.plus(OUTAGE).isBefore(now))
                    .ifPresent(before -> outage = new Outage(before, now));
            dao.look(now);
        });
    }

    /** The mail of the day may leave: from nine on, and right after an outage in which the last nine o'clock passed. */
    private boolean morning(NoticeTimes times, Instant now) {
        LocalDate today = LocalTimes.dayOf(now, times.zone());
        LocalDate before = times.workingDays().atOrBefore(today.minusDays(1));
        boolean madeUp = now.isBefore(outage.until().plus(JUST_BACK))
                && times.morningOf(before).isAfter(outage.from());
        return madeUp || !LocalTime.ofInstant(now, times.zone()).isBefore(NoticeTimes.MORNING);
    }

    private List<Candidate> candidates(Instant now) {
        World world = database.read(handle -> worlds.all(handle, now));
        return Candidate.of(world, Wanted.of(world, now), now);
    }

    /** Holds what a person is to hear of for a minute after one of their reviews changed; urgent ones still leave. */
    private List<Candidate> gathered(List<Candidate> candidates, Instant now) {
        List<UUID> subjects =
                candidates.stream().map(Candidate::subjectId).distinct().toList();
        Set<UUID> changed =
                database.read(handle -> handle.attach(NoticeDao.class).changedSince(subjects, now.minus(GATHERED)));
        Set<UUID> busy = candidates.stream()
                .filter(candidate -> changed.contains(candidate.subjectId()))
                .map(Candidate::personId)
                .collect(Collectors.toSet());
        return candidates.stream()
                .filter(candidate -> candidate.notice().urgent() || !busy.contains(candidate.personId()))
                .toList();
    }

    private int queue(List<Candidate> candidates, Instant now) {
        Map<UUID, List<Candidate>> byPerson = candidates.stream()
                .collect(Collectors.groupingBy(Candidate::personId, LinkedHashMap::new, Collectors.toList()));
        int queued = 0;
        RuntimeException failed = null;
        for (Map.Entry<UUID, List<Candidate>> person : byPerson.entrySet()) {
            try {
                // a lead collapsed held mails or earlier links died: all they told comes in one mail
                boolean again = person.getValue().stream().anyMatch(Candidate::planned);
                queued += database.inTransaction(tx -> {
                    Person reader = people.get(tx, person.getKey());
                    boolean morning = morning(people.noticeTimes(tx, reader.zone(), reader.week()), now);
                    return gathering.queue(tx, reader, person.getValue(), again, morning, now);
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
}
