package dev.ronde.review.enrolment;

import dev.ronde.cadence.Cadence;
import dev.ronde.review.plan.PlanInForce;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One asset under one plan.
 *
 * @param enrolledOn day in the plan's zone; no slot before it exists
 * @param slots how many rows it has had
 * @param lastSlotOn the newest slot that has its row
 * @param anchorOn from which its slots are counted; null counts from the plan's own anchor
 * @param endedAt when the asset retired or left the scope; null while it is enrolled
 */
public record Enrolment(
        UUID id,
        String planId,
        UUID assetId,
        LocalDate enrolledOn,
        int slots,
        @Nullable LocalDate lastSlotOn,
        @Nullable LocalDate anchorOn,
        @Nullable Instant endedAt,
        @Nullable String endReason) {

    Enrolment with(List<LocalDate> more) {
        LocalDate newest = more.isEmpty() ? lastSlotOn : more.get(more.size() - 1);
        return new Enrolment(
                id, planId, assetId, enrolledOn, slots + more.size(), newest, anchorOn, endedAt, endReason);
    }

    /** Adds so many rows; none of them says where its slots continue. */
    Enrolment after(int more) {
        return new Enrolment(id, planId, assetId, enrolledOn, slots + more, lastSlotOn, anchorOn, endedAt, endReason);
    }

    Enrolment upTo(LocalDate newest) {
        return new Enrolment(id, planId, assetId, enrolledOn, slots, newest, anchorOn, endedAt, endReason);
    }

    Cadence cadence(PlanInForce plan) {
        return plan.definition().cadence().from(enrolledOn, anchorOn);
    }
}
