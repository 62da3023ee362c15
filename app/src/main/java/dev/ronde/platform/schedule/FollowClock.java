package dev.ronde.platform.schedule;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.Installation;
import dev.ronde.platform.time.ProductClock;
import java.time.Duration;
import java.time.Instant;

/** Under a test clock: takes over what another node or command moved. */
public final class FollowClock implements Tick {
    private final Database database;
    private final ProductClock clock;

    public FollowClock(Database database, ProductClock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "follow-clock";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    @Override
    public int run(Instant now) {
        Installation.followOffset(database, clock);
        return 0;
    }
}
