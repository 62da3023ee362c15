package dev.ronde.asset.pull;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.asset.snapshot.Document;
import dev.ronde.asset.snapshot.PushHeaders;
import dev.ronde.asset.snapshot.Refusals;
import dev.ronde.asset.snapshot.Snapshots;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.platform.text.Cut;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads each source when it is due, on one node, and hands what is new to the ingest. What cannot be read leaves the snapshots as old
 * as they are, so that checks on them go stale instead of passing.
 */
public record Pulls(Database database, Assets assets, Snapshots snapshots, List<PullSource> sources) implements Tick {
    private static final Logger log = LoggerFactory.getLogger(Pulls.class);
    /** One run ends after this time; the next run reads what is still due. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How long an unreadable file may be half written; one rewritten all the time is refused at the second look. */
    private static final Duration SETTLING = Duration.ofSeconds(30);

    public Pulls {
        sources = List.copyOf(sources);
    }

    /**
     * A source as the API shows it.
     *
     * @param place where it reads, without anything secret
     * @param problem what the last reading could not read, and why; null where it read everything
     */
    public record View(
            String id,
            String place,
            Duration every,
            @Nullable Instant nextAt,
            @Nullable Instant readAt,
            int taken,
            @Nullable String problem,
            @Nullable Instant problemSince) {}

    public List<View> list() {
        Map<String, PullDao.State> states = states();
        return sources.stream()
                .map(source -> {
                    PullDao.State state = states.get(source.id());
                    return new View(
                            source.id(),
                            source.origin().text(),
                            source.every(),
                            state == null ? null : state.nextAt(),
                            state == null ? null : state.readAt(),
                            state == null ? 0 : state.taken(),
                            state == null ? null : state.problem(),
                            state == null ? null : state.problemSince());
                })
                .toList();
    }

    @Override
    public String name() {
        return "snapshot-pull";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    @Override
    public int run(Instant now) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        int taken = 0;
        for (PullSource source : longestDueFirst()) {
            if (System.nanoTime() - until < 0 && claim(source, now)) {
                taken += pull(source, now);
            }
        }
        return taken;
    }

    /** Slow sources are waited for one after the other; this order lets every source have its turn. */
    List<PullSource> longestDueFirst() {
        Map<String, PullDao.State> states = states();
        return sources.stream()
                .sorted(Comparator.comparing(source -> {
                    PullDao.State state = states.get(source.id());
                    return state == null ? Instant.MIN : state.nextAt();
                }))
                .toList();
    }

    private Map<String, PullDao.State> states() {
        return database.read(handle -> handle.attach(PullDao.class).list()).stream()
                .collect(Collectors.toMap(PullDao.State::id, Function.identity()));
    }

    private boolean claim(PullSource source, Instant now) {
        return database.inTransaction(tx -> {
            PullDao dao = tx.attach(PullDao.class);
            dao.insert(source.id(), now);
            return dao.claim(source.id(), now, now.plus(source.every())) == 1;
        });
    }

    private int pull(PullSource source, Instant now) {
        Reading reading = new Reading(source, now);
        try {
            Fetching.fetch(source.origin(), reading);
        } catch (PullFailed e) {
            reading.problem(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reading.problem("it was stopped");
        }
        settle(reading);
        return reading.taken + reading.refused;
    }

    private final class Reading implements Fetching.Taking {
        private final PullSource source;
        private final Instant now;
        private final Problems problems = new Problems();
        private int taken;
        private int refused;
        private final Set<String> unsettled = new LinkedHashSet<>();

        private final Set<String> unsettledBefore;

        Reading(PullSource source, Instant now) {
            this.source = source;
            this.now = now;
            this.unsettledBefore =
                    database.read(handle -> handle.attach(PullDao.class).listUnsettled(source.id()));
        }

        @Override
        public boolean before(String place, Instant collectedAt) {
            return database.read(handle -> seen(handle.attach(PullDao.class), source, place, collectedAt));
        }

        @Override
        public void found(Fetched fetched) {
            try {
                taken += store(source, fetched, now) ? 1 : 0;
            } catch (Problem problem) {
                boolean half = Refusals.isOne(problem) && fetched.mayBeHalf(now, SETTLING);
                // one that is rewritten all the time is in the making at every look; that it is broken counts at the
                // second
                if (half && !unsettledBefore.contains(fetched.place())) {
                    unsettled(fetched.place());
                    return;
                }
                if (half) {
                    unsettled.add(fetched.place());
                }
                refused += refuse(source, fetched, now, problem) ? 1 : 0;
                problem(fetched.place() + ": " + problem.getMessage());
            }
        }

        @Override
        public void unsettled(String place) {
            unsettled.add(place);
            problem(place + ": it was being written while it was read, and is read again shortly");
        }

        @Override
        public void problem(String text) {
            problems.add(text);
        }
    }

    /** Whether it was accepted last. A place with a refused document is read until an accepted one is there. */
    private static boolean seen(PullDao dao, PullSource source, String place, Instant said) {
        return dao.findRefused(source.id(), place).isEmpty()
                && dao.findStamp(source.id(), place)
                        .filter(stamp -> said.equals(stamp.saidAt()))
                        .isPresent();
    }

    /** Stores or refuses a snapshot like a push; false if it was known. */
    private boolean store(PullSource source, Fetched fetched, Instant now) {
        Instant said = fetched.collectedAt();
        String place = fetched.place();
        if (said != null && database.read(handle -> seen(handle.attach(PullDao.class), source, place, said))) {
            return false;
        }
        Document document = snapshots.read(database, fetched.source(), fetched.body());
        return database.inTransaction(tx -> {
            PullDao dao = tx.attach(PullDao.class);
            Asset asset = assets.get(tx, fetched.asset());
            Instant counts = counts(tx, source, fetched, asset, now);
            snapshots.push(tx, asset, document, new PushHeaders(null, counts), Actor.SYSTEM);
            dao.deleteRefused(source.id(), place);
            if (said != null && counts != null) {
                PullDao.Stamp stamp = new PullDao.Stamp(counts, said);
                if (dao.updateStamp(source.id(), place, stamp) == 0) {
                    dao.insertStamp(source.id(), place, stamp);
                }
            }
            return true;
        });
    }

    /** Remembers a refused document once for each change time that its place names. */
    private boolean refuse(PullSource source, Fetched fetched, Instant now, Problem problem) {
        Instant said = fetched.collectedAt();
        String place = fetched.place();
        return database.inTransaction(tx -> {
            Asset asset = assets.find(tx, fetched.asset()).orElse(null);
            PullDao dao = tx.attach(PullDao.class);
            Instant last = dao.findRefused(source.id(), place).orElse(null);
            if (asset == null || !asset.active() || !Refusals.isOne(problem) || (said != null && said.equals(last))) {
                return false;
            }
            PushHeaders headers = new PushHeaders(null, counts(tx, source, fetched, asset, now));
            if (said != null && dao.updateRefused(source.id(), place, said) == 0) {
                dao.insertRefused(source.id(), place, said);
            }
            return snapshots.refused(tx, asset, fetched.source(), headers, problem, Actor.SYSTEM);
        });
    }

    /** A document put back in place of a refused one counts from when it was found, and so do later ones. */
    private @Nullable Instant counts(Handle tx, PullSource source, Fetched fetched, Asset asset, Instant now) {
        Instant raw = fetched.collectedAt();
        if (raw == null) {
            return null;
        }
        PullDao dao = tx.attach(PullDao.class);
        Instant said = notAfter(now, raw);
        boolean back = dao.findRefused(source.id(), fetched.place())
                        .filter(refused -> !refused.equals(raw))
                        .isPresent()
                && snapshots
                        .refusals()
                        .open(tx, asset.id(), fetched.source())
                        .filter(refusal -> said.isBefore(refusal.lookedAt()))
                        .isPresent();
        boolean after = dao.findStamp(source.id(), fetched.place())
                .filter(stamp -> stamp.outlives(said))
                .isPresent();
        return back || after ? now.truncatedTo(ChronoUnit.MICROS) : said;
    }

    /** A file newer than our clock counts as collected now, because the two clocks may differ. */
    private static Instant notAfter(Instant now, Instant collectedAt) {
        return collectedAt.isAfter(now) ? now.truncatedTo(ChronoUnit.MICROS) : collectedAt;
    }

    private void settle(Reading reading) {
        String id = reading.source.id();
        String problem = reading.problems.text();
        if (problem != null) {
            log.warn("source {} could not be read: {}", id, problem);
        }
        database.useTransaction(tx -> {
            PullDao dao = tx.attach(PullDao.class);
            dao.settle(id, reading.now, reading.taken, problem);
            dao.deleteUnsettled(id);
            if (!reading.unsettled.isEmpty()) {
                dao.insertUnsettled(id, reading.unsettled);
                dao.hasten(id, reading.now.plus(SETTLING));
            }
        });
    }

    private static final class Problems {
        private static final int MOST = 10;
        /** Ten of these and the number fit the column. */
        private static final int LONGEST = 380;

        private final List<String> first = new ArrayList<>();
        private int more;

        void add(String text) {
            if (first.size() < MOST) {
                first.add(Cut.marked(text, LONGEST));
            } else {
                more++;
            }
        }

        @Nullable
        String text() {
            return first.isEmpty() ? null : String.join("; ", first) + (more == 0 ? "" : "; and " + more + " more");
        }
    }
}
