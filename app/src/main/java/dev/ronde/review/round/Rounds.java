package dev.ronde.review.round;

import dev.ronde.asset.inventory.EstateSize;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.schedule.KeptFigures;
import dev.ronde.platform.schedule.Tick;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far the rounds of plans have come. What everybody sees is kept where counting it is slow; a person's share is counted anew. */
public final class Rounds {
    private final Database database;
    private final InstantSource clock;
    private final KeptFigures<String, Progress> all;

    public Rounds(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.all =
                new KeptFigures<>("plan-progress", clock, EstateSize.large(database), null, plan -> read(plan, null));
    }

    public Tick tick() {
        return all;
    }

    /**
     * How far the rounds of this plan have come.
     *
     * @param person whose share alone is counted; null for all
     */
    public Progress of(String planId, @Nullable UUID person) {
        return person == null ? all.get(planId) : read(planId, person);
    }

    private Progress read(String planId, @Nullable UUID person) {
        return database.read(handle -> Progress.of(handle, planId, clock.instant(), person));
    }
}
