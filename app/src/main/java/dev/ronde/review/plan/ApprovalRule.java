package dev.ronde.review.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether an attestation needs the signature of a second person, and whether that may be somebody who had a part in it.
 *
 * @param needed where a criticality says nothing else
 * @param byCriticality criticality word (low, medium, high, critical) to whether it is needed, where it differs
 * @param self true where the plan lets the second signature come from somebody who owned, held or attested the review
 */
public record ApprovalRule(boolean needed, Map<String, Boolean> byCriticality, boolean self) {

    public ApprovalRule {
        byCriticality = Map.copyOf(byCriticality);
    }

    /** Whether an attestation for an asset of this criticality word waits for a second person. */
    public boolean neededFor(String criticality) {
        return byCriticality.getOrDefault(criticality, needed);
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("default", word(needed));
        new TreeMap<>(byCriticality).forEach((criticality, value) -> map.put(criticality, word(value)));
        return map;
    }

    /** The word of plan files: {@code none} or {@code second_person}. */
    public static String word(boolean needed) {
        return needed ? "second_person" : "none";
    }
}
