package dev.ronde.evidence;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The searchable columns of one record. They are copies: {@link #of} derives them from the payload alone, so that a
 * changed column can be told from the truth (attack A02).
 */
public record RecordRow(
        UUID recId,
        String recType,
        String subjectKind,
        String subjectId,
        @Nullable String assetRef,
        @Nullable String checkId,
        @Nullable String outcome,
        String actorRef,
        Instant occurredAt,
        Instant recordedAt) {

    public static RecordRow of(Map<String, Object> leaf) {
        Map<?, ?> on = map(leaf.get("on"));
        Map<?, ?> data = map(leaf.get("data"));
        String kind = text(on.get("kind"), "");
        String id = text(on.get("id"), "");
        return new RecordRow(
                UUID.fromString(text(leaf.get("id"), "")),
                text(leaf.get("type"), ""),
                kind,
                id,
                asset(data, kind, id),
                check(data, kind, id),
                data.get("outcome") instanceof String outcome && outcome.length() <= 32 ? outcome : null,
                text(map(leaf.get("actor")).get("ref"), ""),
                Instant.parse(text(leaf.get("occurredAt"), "")),
                Instant.parse(text(leaf.get("recordedAt"), "")));
    }

    private static @Nullable String asset(Map<?, ?> data, String kind, String id) {
        if (data.get("asset") instanceof String ref && ref.length() <= 100) {
            return ref;
        }
        return kind.equals("asset") ? id : null;
    }

    private static @Nullable String check(Map<?, ?> data, String kind, String id) {
        Object check = data.get("check") instanceof Map<?, ?> object ? object.get("id") : data.get("check");
        if (check instanceof String name && name.length() <= 100) {
            return name;
        }
        return kind.equals("check") ? id : null;
    }

    private static Map<?, ?> map(@Nullable Object item) {
        return item instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String text(@Nullable Object item, String fallback) {
        return item instanceof String text ? text : fallback;
    }
}
