package dev.ronde.replay;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/** A plan of the replay. */
record ReplayPlan(
        String id, Office office, int months, LocalDate anchor, int lead, int window, Integer gap, List<String> scope) {

    String json() {
        return """
                {"id":"%s","title":"%s reviews","scope":{"criticality":[%s]},"cadence":{"every":"P%dM","anchor":"%s"},
                 "zone":"%s","lead_time":"P%dD","missed_after":"P%dD"%s}""".formatted(
                        id,
                        id,
                        scope.stream().map(word -> "\"" + word + "\"").collect(Collectors.joining(",")),
                        months,
                        anchor,
                        office.zone(),
                        lead,
                        window,
                        gap == null ? "" : ",\"max_gap_days\":" + gap);
    }

    /** The same plan at another pace. */
    ReplayPlan every(int otherMonths) {
        return new ReplayPlan(id, office, otherMonths, anchor, lead, window, gap, scope);
    }

    /** The first slot on or after the day; the nth is n intervals from the anchor. */
    LocalDate slotFrom(LocalDate day) {
        LocalDate slot = anchor;
        for (int n = 1; slot.isBefore(day); n++) {
            slot = anchor.plusMonths((long) n * months);
        }
        return slot;
    }

    Instant startOf(LocalDate day) {
        return day.atStartOfDay(office.zone()).toInstant();
    }
}
