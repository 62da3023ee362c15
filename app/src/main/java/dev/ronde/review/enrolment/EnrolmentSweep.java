package dev.ronde.review.enrolment;

import dev.ronde.platform.db.Database;
import dev.ronde.review.PlanWork;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.estate.Estate;
import dev.ronde.review.plan.PlanDao;
import dev.ronde.review.plan.PlanInForce;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings the enrolments in line with the inventory: what changed lately at every look, everything once a day and when this process has not
 * looked for long. A plan that changes enrols by itself.
 */
public final class EnrolmentSweep {
    private static final Duration EVERYTHING = Duration.ofDays(1);
    /** Longer than any transaction that writes assets, and than clocks of two nodes differ. */
    private static final Duration OVERLAP = Duration.ofMinutes(15);

    private final Database database;
    private final Estate estate;
    private final Enrolments enrolments;
    private @Nullable Instant everythingAt;
    private @Nullable Instant lookedAt;

    public EnrolmentSweep(Database database, Estate estate, Enrolments enrolments) {
        this.database = database;
        this.estate = estate;
        this.enrolments = enrolments;
    }

    /** Returns how many enrolments began or ended. */
    public synchronized int run(Collection<PlanInForce> plans, Instant now) {
        Set<UUID> imported = Set.copyOf(
                database.read(handle -> handle.attach(ImportMarkDao.class).list()));
        Instant since = imported.isEmpty() ? since(now) : null;
        List<Covered> assets =
                database.read(handle -> since == null ? estate.active(handle) : estate.changedSince(handle, since));
        int done = assets.isEmpty() ? 0 : match(plans, assets, imported);
        if (!imported.isEmpty()) {
            database.useTransaction(tx -> tx.attach(ImportMarkDao.class).delete(List.copyOf(imported)));
        }
        lookedAt = now;
        everythingAt = since == null ? now : everythingAt;
        return done;
    }

    /** The start of the changes that matter; null if everything must be looked at. */
    private @Nullable Instant since(Instant now) {
        if (everythingAt == null || lookedAt == null || now.isBefore(lookedAt)) {
            return null;
        }
        return now.isBefore(everythingAt.plus(EVERYTHING)) ? lookedAt.minus(OVERLAP) : null;
    }

    private int match(Collection<PlanInForce> plans, List<Covered> assets, Set<UUID> imported) {
        int done = 0;
        for (PlanInForce plan : plans) {
            EnrolmentTally tally = database.inTransaction(tx -> {
                // the lock keeps an apply of the same plan from enrolling the same assets
                int version = tx.attach(PlanDao.class).lockInForce(plan.id()).orElse(0);
                return version == plan.version()
                        ? enrolments.match(PlanWork.ofSystem(tx, plan), assets, false, imported)
                        : new EnrolmentTally();
            });
            done += tally.enrolled + tally.cancelled;
        }
        return done;
    }
}
