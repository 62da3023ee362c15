package dev.ronde.review.plan;

import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One version of a review plan: the promise, recurring or for a single date.
 *
 * @param zone in which its dates are days
 * @param maxGapDays the longest time between two performances, in days; null when the plan sets none
 * @param leadTime how long before the due date a review opens
 * @param grace tolerated lateness
 * @param missedAfter counted from the due date, when the window closes
 * @param requiredProtections attesting while one of these is off needs a waiver
 * @param reminders name of the reminder ladder
 */
public record PlanDefinition(
        String id,
        String title,
        String instructions,
        PlanScope scope,
        CadenceRule cadence,
        ZoneId zone,
        @Nullable Integer maxGapDays,
        Period leadTime,
        Period grace,
        Period missedAfter,
        List<String> frameworks,
        AssuranceRule assurance,
        ApprovalRule approval,
        DriftRule drift,
        List<String> requiredProtections,
        List<ChecklistItem> checklist,
        String reminders) {

    public PlanDefinition {
        frameworks = List.copyOf(frameworks);
        requiredProtections = List.copyOf(requiredProtections);
        checklist = List.copyOf(checklist);
    }

    /** The single date of a plan that is done once; empty for one that comes again. */
    public Optional<LocalDate> onceOn() {
        return cadence instanceof CadenceRule.OneDate date ? Optional.of(date.on()) : Optional.empty();
    }

    /** The plan in the shape of a plan file, every default written out; the reader reads it back to an equal value. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("title", title);
        if (!instructions.isEmpty()) {
            map.put("instructions", instructions);
        }
        map.put("scope", scope.toMap());
        map.put("cadence", cadence.toMap());
        map.put("zone", zone.getId());
        if (maxGapDays != null) {
            map.put("max_gap_days", (long) maxGapDays);
        }
        map.put("lead_time", leadTime.toString());
        map.put("grace", grace.toString());
        map.put("missed_after", missedAfter.toString());
        map.put("frameworks", frameworks);
        map.put("assurance", assurance.toMap());
        map.put("approval", approval.toMap());
        map.put("self_approval", approval.self());
        map.put("drift", drift.toMap());
        map.put("required_protections", requiredProtections);
        map.put("checklist", checklist.stream().map(ChecklistItem::toMap).toList());
        map.put("reminders", reminders);
        return map;
    }
}
