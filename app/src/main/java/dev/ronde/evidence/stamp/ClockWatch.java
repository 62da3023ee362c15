package dev.ronde.evidence.stamp;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.ledger.Cosignature;
import dev.ronde.evidence.ledger.SignedNote;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.Dialect;
import dev.ronde.platform.schedule.Tick;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records how far this server's clock is from times that others told: at start, once a day, and at once after it jumped, which is when it
 * and the machine's count of seconds part.
 */
public final class ClockWatch implements Tick {
    private static final Logger log = LoggerFactory.getLogger(ClockWatch.class);
    private static final Duration JUMP = Duration.ofMinutes(1);

    private final Database database;
    private final EvidenceLog evidence;
    private final InstantSource wall;
    private final LongSupplier nanos;
    private Instant next = Instant.MIN;
    private @Nullable Look last;

    private record Look(Instant at, long nanos) {
        Duration jumpSince(Look before) {
            return Duration.between(before.at, at).minusNanos(nanos - before.nanos);
        }
    }

    private record Offset(String source, long offsetMs, Instant measuredAt) {
        static Offset of(String source, Instant there, Instant here) {
            return new Offset(source, Duration.between(there, here).toMillis(), here);
        }
    }

    /**
     * Watches a clock.
     *
     * @param wall without the distance of a test clock
     * @param nanos a count that no change of the clock moves, as {@link System#nanoTime}
     */
    public ClockWatch(Database database, EvidenceLog evidence, InstantSource wall, LongSupplier nanos) {
        this.database = database;
        this.evidence = evidence;
        this.wall = wall;
        this.nanos = nanos;
    }

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public synchronized int run(Instant now) {
        Look look = new Look(wall.instant(), nanos.getAsLong());
        Duration jump = last == null ? Duration.ZERO : look.jumpSince(last);
        boolean jumped = jump.abs().compareTo(JUMP) > 0;
        if (!jumped && now.isBefore(next)) {
            last = look;
            return 0;
        }
        if (jumped) {
            log.warn("the clock of this machine jumped by {} s", jump.toSeconds());
        }
        database.useTransaction(tx -> evidence.append(
                tx,
                Evidence.of("clock.observed", Actor.SYSTEM, Subject.of("installation", "1"))
                        .data("clocks", offsets(tx))
                        .data("jumpMs", jumped ? jump.toMillis() : null)));
        last = look;
        next = now.plus(Duration.ofDays(1));
        return 1;
    }

    /** The largest first; null where nobody told a time. Positive where this server is ahead. */
    private @Nullable List<Map<String, Object>> offsets(Handle tx) {
        ClockDao dao = tx.attach(ClockDao.class);
        List<Offset> found = new ArrayList<>();
        if (database.dialect() != Dialect.H2) {
            found.add(Offset.of("database", dao.getDatabaseClock(), wall.instant()));
        }
        dao.findStamp()
                .ifPresent(stamp ->
                        found.add(Offset.of("tsa " + stamp.target(), stamp.generatedAt(), stamp.anchoredAt())));
        dao.findWord()
                .ifPresent(word -> found.add(Offset.of(
                        "witness " + word.target(),
                        Cosignature.time(SignedNote.Line.parse(word.cosignature())),
                        word.anchoredAt())));
        found.sort(Comparator.comparingLong((Offset offset) -> Math.abs(offset.offsetMs))
                .reversed());
        return found.isEmpty()
                ? null
                : found.stream()
                        .map(offset -> Map.<String, Object>of(
                                "source", offset.source,
                                "offsetMs", offset.offsetMs,
                                "measuredAt", offset.measuredAt))
                        .toList();
    }
}
