package dev.ronde.replay;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A plan of the replay.
 *
 * @param lead days before the due date on which a review opens
 * @param window days after the due date on which it becomes missed
 * @param gap the most days between two performances; null without a limit
 * @param secondPerson whether an attestation waits for somebody else's approval
 */
record ReplayPlan(
        String id,
        Office office,
        Rhythm rhythm,
        int lead,
        int window,
        Integer gap,
        boolean secondPerson,
        List<String> scope) {

    String json() {
        return """
                {"id":"%s","title":"%s reviews","scope":{"criticality":[%s]},"cadence":%s,
                 "zone":"%s","lead_time":"P%dD","missed_after":"P%dD"%s%s}""".formatted(
                        id,
                        id,
                        scope.stream().map(word -> "\"" + word + "\"").collect(Collectors.joining(",")),
                        rhythm.json(),
                        office.zone(),
                        lead,
                        window,
                        gap == null ? "" : ",\"max_gap_days\":" + gap,
                        secondPerson ? ",\"approval\":{\"default\":\"second_person\"},\"self_approval\":true" : "");
    }

    /** The same plan at another pace. */
    ReplayPlan at(Rhythm other) {
        return new ReplayPlan(id, office, other, lead, window, gap, secondPerson, scope);
    }

    /** The first slot on or after the day. */
    LocalDate slotFrom(LocalDate day) {
        return rhythm.from(day);
    }
}
