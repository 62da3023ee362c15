package dev.ronde.platform.schedule;

import dev.ronde.platform.db.Database;
import java.time.Instant;

/** Keeps the file of an embedded database from growing with every commit; each process does it for its own file. */
public final class CompactionTick implements Tick {
    private final Database database;
    private Instant settledAt = Instant.MIN;

    /** Does nothing on PostgreSQL. */
    public CompactionTick(Database database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "compaction";
    }

    @Override
    public int run(Instant now) {
        database.compact();
        return 0;
    }

    /** Once each time the clock was moved, not after every pass: nothing waits for it. */
    @Override
    public int settle(Instant now) {
        if (now.equals(settledAt)) {
            return 0;
        }
        settledAt = now;
        return run(now);
    }
}
