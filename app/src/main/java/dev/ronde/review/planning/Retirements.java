package dev.ronde.review.planning;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.Subject;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.ReviewSteps;
import dev.ronde.review.enrolment.Enrolments.Ended;
import dev.ronde.review.enrolment.ReviewParts;
import dev.ronde.review.estate.Estate;
import dev.ronde.review.plan.Plan;
import dev.ronde.review.plan.PlanDao;
import dev.ronde.review.plan.PlanInForce;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Ends plans, for good: nothing opens under them any more, and nobody changes them. */
public final class Retirements {

    private final Database database;
    private final InstantSource clock;
    private final Estate estate;
    private final ReviewParts parts;

    public Retirements(Database database, InstantSource clock, Estate estate, ReviewParts parts) {
        this.database = database;
        this.clock = clock;
        this.estate = estate;
        this.parts = parts;
    }

    /**
     * Retires a plan; one that is retired stays as it is.
     *
     * @param check looks at the locked plan and may refuse
     * @throws Problem 404 without such a plan, 422 without a reason
     */
    public Retirement retire(
            String id, Consumer<Plan> check, OpenReviews open, @Nullable String reason, Actor by, Channel channel) {
        String why = ReviewSteps.required("/reason", reason, "Say why the plan ends.");
        return database.inTransaction(tx -> {
            Plan plan = locked(tx, id);
            check.accept(plan);
            return retire(tx, parts, plan, open, why, by, channel);
        });
    }

    /** What {@link #retire} would do, without doing it. */
    public Retirement preview(String id, OpenReviews open, Actor by, Channel channel) {
        ReviewParts rehearsal = parts.rehearsal();
        return Rehearsal.of(database, tx -> retire(tx, rehearsal, locked(tx, id), open, "", by, channel));
    }

    private static Plan locked(Handle tx, String id) {
        PlanDao dao = tx.attach(PlanDao.class);
        dao.lock(id);
        return dao.find(id).orElseThrow(() -> Problem.notFound("plan", id));
    }

    private Retirement retire(
            Handle tx, ReviewParts work, Plan plan, OpenReviews open, String reason, Actor by, Channel channel) {
        if (plan.retiredAt() != null) {
            return new Retirement(open, null);
        }
        PlanDao dao = tx.attach(PlanDao.class);
        Instant now = clock.instant();
        dao.retire(plan.id(), now, reason);
        Ended ended =
                work.enrolments().retire(tx, PlanInForce.of(plan), open == OpenReviews.WITHDRAW, estate, by, channel);
        work.records()
                .keep(
                        tx,
                        Evidence.of("plan.retired", by, Subject.of("plan", plan.id(), plan.planVersion()))
                                .data("retired_at", now)
                                .data("open", open.word())
                                .data("assets", ended.assets())
                                .data("cancelled", ended.cancelled())
                                .data("withdrawn", ended.withdrawn())
                                .data("left_open", ended.leftOpen())
                                .data("overdue", ended.overdue())
                                .data("channel", channel.word())
                                .priv("reason", reason));
        return new Retirement(open, ended);
    }
}
