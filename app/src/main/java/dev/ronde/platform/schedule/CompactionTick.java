package dev.ronde.platform.schedule;

import dev.ronde.platform.db.Database;
import java.time.Duration;
import java.time.Instant;

/** Keeps the file of an embedded database from growing with every commit; each process does it for its own file. */
public record CompactionTick(Database database) implements Tick {
    @Override
    public String name() {
        return "compaction";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public int run(Instant now) {
        database.compact();
        return 0;
    }
}
