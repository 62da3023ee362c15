package dev.ronde.platform.schedule;

import dev.ronde.platform.db.Database;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Work once a day at a local time. Its next time is a row by our clock; a plain tick reads it each minute, so neither Quartz's clock nor
 * a daylight-saving change moves it, and an outage of days runs it once.
 */
public final class Daily implements Tick {
    private final String name;
    private final LocalTime at;
    private final ZoneId zone;
    private final Database database;
    private final ToIntFunction<Instant> work;
    /** Never due before this on any node: the next time only moves forward. */
    private volatile Instant notBefore = Instant.MIN;

    public Daily(String name, LocalTime at, ZoneId zone, Database database, ToIntFunction<Instant> work) {
        this.name = name;
        this.at = at;
        this.zone = zone;
        this.database = database;
        this.work = work;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int run(Instant now) {
        if (now.isBefore(notBefore)) {
            return 0;
        }
        Optional<Instant> due = database.read(tx -> tx.attach(TickDao.class).findNext(name));
        if (due.isEmpty()) {
            Instant first = nextAfter(now);
            database.useTransaction(tx -> {
                if (tx.attach(TickDao.class).advance(name, now, first) == 0) {
                    tx.attach(TickDao.class).insert(name, null, first);
                }
            });
            return 0;
        }
        if (now.isBefore(due.get())) {
            notBefore = due.get();
            return 0;
        }
        int done = work.applyAsInt(now);
        database.useTransaction(tx -> tx.attach(TickDao.class).advance(name, now, nextAfter(now)));
        return Math.max(1, done);
    }

    /** The next such local time strictly after {@code now}; in a gap the first valid minute after it. */
    Instant nextAfter(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        Instant next = at(today);
        return next.isAfter(now) ? next : at(today.plusDays(1));
    }

    private Instant at(LocalDate day) {
        return day.atTime(at).atZone(zone).toInstant();
    }
}
