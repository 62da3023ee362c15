package dev.ronde.asset.timeline;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to an asset.
 *
 * @param id tells it from others of the same instant
 * @param type stable word for programs, such as {@code asset.updated}
 * @param key message key of the sentence people read
 * @param arguments what fills the sentence
 * @param actorRef who did it, as evidence names them; null where nobody did
 * @param href page that shows more; null where there is none
 * @param data further facts for programs
 */
public record TimelineEntry(
        Instant at,
        String id,
        String type,
        String key,
        List<String> arguments,
        @Nullable String actorRef,
        @Nullable String href,
        Map<String, Object> data) {
    public TimelineEntry saying(List<String> other) {
        return new TimelineEntry(at, id, type, key, other, actorRef, href, data);
    }
}
