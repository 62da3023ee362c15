package dev.ronde.review;

import dev.ronde.cadence.Due;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.time.Ids;
import dev.ronde.review.plan.PlanDefinition;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Reviews beside the cadence: they have their own due date, open at once, fill no slot and count for no gap. They stand under the
 * plan that covers the asset, so that its windows, assurance and second person hold for them as well.
 */
record Extras(ReviewSteps steps, Openings openings) {

    Review open(
            Handle tx,
            Enrolment enrolment,
            PlanInForce plan,
            Covered asset,
            String cause,
            @Nullable String reason,
            Actor by,
            Channel channel) {
        ReviewDao dao = tx.attach(ReviewDao.class);
        dao.takeNumbers(1);
        Review row = new Review(
                Ids.next(steps.clock()),
                dao.nextNumber() - 1,
                enrolment.id(),
                dao.countByCause(enrolment.id(), cause) + 1,
                plan.id(),
                plan.version(),
                asset.id(),
                cause,
                reason,
                dates(plan.definition(), steps.now()),
                null,
                false,
                null,
                Opening.NONE,
                Handling.NONE,
                Attestation.NONE,
                Approval.NONE,
                Closing.NONE,
                1);
        dao.insert(List.of(row));
        Evidence evidence = steps.records()
                .start(tx, "scheduled", row, asset, plan.definition(), by)
                .priv("reason", reason);
        steps.records().write(tx, new ReviewRecords.Entry("scheduled", row, evidence, reason), by, channel);
        return openings.open(tx, row, plan, asset, by, channel);
    }

    private static ReviewDates dates(PlanDefinition plan, Instant now) {
        LocalDate today = LocalTimes.dayOf(now, plan.zone());
        LocalDate dueOn = today.plus(plan.drift().due());
        return new ReviewDates(
                today,
                dueOn,
                plan.zone(),
                LocalTimes.startOf(today, plan.zone()),
                LocalTimes.endOf(dueOn, plan.zone()),
                Due.windowEnd(dueOn, plan.missedAfter(), plan.zone()),
                null,
                null);
    }
}
