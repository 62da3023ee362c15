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

    /** What an answer looks like. */
    public enum Answer {
        /** The word yes or no. */
        YES_NO,
        /** Any text that is not blank. */
        TEXT
    }

    /** Whether the answer points at something. */
    public enum Proof {
        /** Nothing is asked. */
        NONE,
        /** A reference may be given. */
        OPTIONAL,
        /** An answer without a reference is refused. */
        REQUIRED
    }

    /** The item as plan files write it. */
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
