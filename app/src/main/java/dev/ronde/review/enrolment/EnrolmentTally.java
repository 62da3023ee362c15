package dev.ronde.review.enrolment;

import java.time.Instant;

/** What one pass over a plan did. */
public final class EnrolmentTally {
    int enrolled;
    int moved;
    int becameOverdue;
    int cancelled;
    int added;

    /** Assets that came under the plan. */
    public int enrolled() {
        return enrolled;
    }

    /** Reviews that were given another due date. */
    public int moved() {
        return moved;
    }

    /** Reviews that are overdue from the moment they were made or moved. */
    public int becameOverdue() {
        return becameOverdue;
    }

    /** Reviews that nobody expects any more. */
    public int cancelled() {
        return cancelled;
    }

    /** Reviews that are expected and were not; within the horizon. */
    public int added() {
        return added;
    }

    void enrolled(int assets, Slots.Made made, Instant now) {
        enrolled += assets;
        added += made.added();
        becameOverdue += (int)
                made.rows().stream().filter(review -> review.overdueAt(now)).count();
    }
}
