package dev.ronde.review.enrolment;

import dev.ronde.evidence.Evidence;
import dev.ronde.platform.time.Ids;
import dev.ronde.review.Approval;
import dev.ronde.review.Attestation;
import dev.ronde.review.Closing;
import dev.ronde.review.DriftWindow;
import dev.ronde.review.Handling;
import dev.ronde.review.Opening;
import dev.ronde.review.PlanWork;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewDates;
import dev.ronde.review.ReviewRecords;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.plan.PlanInForce;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes rows of reviews, each with its number and its record; what is expected by the cadence and what stands beside it alike. */
public record NewReviews(InstantSource clock, ReviewRecords records) {

    /**
     * What a row says before it has a number.
     *
     * @param slotNo counts the slots of the enrolment, or its reviews of this cause
     * @param reason why somebody asked for it; null for a slot
     * @param held whether it waits for an announcement
     */
    public record Draft(
            UUID enrolmentId,
            Covered asset,
            int slotNo,
            String cause,
            @Nullable String reason,
            ReviewDates dates,
            boolean held) {

        private Review row(UUID id, long number, PlanInForce plan) {
            return new Review(
                    id,
                    number,
                    enrolmentId,
                    slotNo,
                    plan.id(),
                    plan.version(),
                    asset.id(),
                    cause,
                    reason,
                    dates,
                    null,
                    null,
                    held,
                    null,
                    Opening.NONE,
                    Handling.NONE,
                    Attestation.NONE,
                    Approval.NONE,
                    Closing.NONE,
                    DriftWindow.NONE,
                    1);
        }

        private @Nullable String detail() {
            return cause.equals(Review.SCHEDULED) ? dates.dueOn().toString() : reason;
        }
    }

    public List<Review> make(PlanWork work, List<Draft> drafts) {
        if (drafts.isEmpty()) {
            return List.of();
        }
        ReviewDao dao = work.tx().attach(ReviewDao.class);
        dao.takeNumbers(drafts.size());
        long number = dao.nextNumber() - drafts.size();
        List<Review> rows = new ArrayList<>();
        List<ReviewRecords.Entry> entries = new ArrayList<>();
        for (Draft draft : drafts) {
            Review row = draft.row(Ids.next(clock), number++, work.plan());
            rows.add(row);
            Evidence evidence =
                    records.start(work, "scheduled", row, draft.asset()).priv("reason", draft.reason());
            entries.add(new ReviewRecords.Entry("scheduled", row, evidence, draft.detail()));
        }
        dao.insert(rows);
        records.writeAll(work, entries);
        return rows;
    }
}
