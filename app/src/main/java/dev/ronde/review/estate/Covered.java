package dev.ronde.review.estate;

import dev.ronde.review.plan.PlanScope;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What reviews need to know about an asset.
 *
 * @param criticality low, medium, high or critical
 * @param lastReviewOn the performance before its first slot, from the inventory
 */
public record Covered(
        UUID id,
        String name,
        String criticality,
        @Nullable UUID ownerId,
        @Nullable UUID backupId,
        @Nullable LocalDate lastReviewOn,
        boolean active,
        PlanScope.Candidate candidate) {

    public Covered lastReviewed(@Nullable LocalDate day) {
        return new Covered(id, name, criticality, ownerId, backupId, day, active, candidate);
    }

    public String ref() {
        return candidate.ref();
    }
}
