package dev.ronde.review.plan;

import java.time.Duration;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What happens when a configuration is no longer the attested one.
 *
 * @param watched false where the plan opens no review for it
 * @param settle how long it must stay different first
 * @param due how long after its opening the review is due
 */
public record DriftRule(boolean watched, Duration settle, Period due) {

    /** Default if the plan says nothing: ten minutes, due after a week. */
    public static final DriftRule USUAL = new DriftRule(true, Duration.ofMinutes(10), Period.ofDays(7));

    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("watch", watched);
        map.put("settle", settle.toString());
        map.put("due", due.toString());
        return map;
    }
}
