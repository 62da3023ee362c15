package dev.ronde.review.plan;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One question of a review.
 *
 * @param id names the answer
 * @param required true when an attestation must answer it
 */
public record ChecklistItem(String id, String text, Answer answer, Proof evidence, boolean required) {

    public enum Answer {
        YES_NO,
        TEXT
    }

    public enum Proof {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("text", text);
        map.put("answer", answer == Answer.YES_NO ? "yes_no" : "text");
        map.put("evidence", evidence.name().toLowerCase(java.util.Locale.ROOT));
        map.put("required", required);
        return map;
    }
}
