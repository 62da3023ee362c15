package dev.ronde.review.unchanged;

import dev.ronde.review.Review;
import dev.ronde.review.answer.Checklist;
import dev.ronde.review.answer.Situation;
import dev.ronde.review.estate.CheckState;
import dev.ronde.review.estate.NotOn;
import dev.ronde.review.plan.ChecklistItem;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Which reviews one click may close: somebody attested this configuration before, values that move by themselves apart, every check that says anything says
 * pass and is fresh, and nothing else is asked. Everything else is answered item by item.
 */
public final class FastLane {

    private static final Set<String> GOOD = Set.of("pass", "not_applicable");

    private FastLane() {}

    /** Whether this review may be closed by one click; {@code off} are required protections that are not known to be on. */
    public static boolean open(Review review, Situation situation, List<NotOn> off, Instant now) {
        return review.stateAt(now).waiting()
                && situation.baseline() != null
                && situation.digest() != null
                && situation.changes().isEmpty()
                && situation.checks().stream().allMatch(FastLane::good)
                && off.isEmpty()
                && review.handling().problemAt() == null
                && review.handling().notMineAt() == null
                && Checklist.items(review.opening().checklist()).stream().noneMatch(ChecklistItem::required);
    }

    static boolean good(CheckState check) {
        return GOOD.contains(check.outcome()) && !check.stale();
    }
}
