package dev.ronde.review.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The level an attestation needs.
 *
 * @param byCriticality criticality word (low, medium, high, critical) to level, where it differs from the base
 */
public record AssuranceRule(Assurance base, Map<String, Assurance> byCriticality) {

    public static final AssuranceRule LINK = new AssuranceRule(Assurance.MAIL_LINK, Map.of());

    public AssuranceRule {
        byCriticality = Map.copyOf(byCriticality);
    }

    public Assurance forCriticality(String criticality) {
        return byCriticality.getOrDefault(criticality, base);
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("default", base.word());
        new TreeMap<>(byCriticality).forEach((criticality, level) -> map.put(criticality, level.word()));
        return map;
    }
}
