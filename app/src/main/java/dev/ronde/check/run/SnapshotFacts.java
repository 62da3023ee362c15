package dev.ronde.check.run;

import dev.ronde.asset.snapshot.Snapshot;
import dev.ronde.asset.snapshot.Unread;
import dev.ronde.catalogue.FactSchema;
import dev.ronde.catalogue.Judgement;
import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.Said;
import dev.ronde.catalogue.Saying;
import dev.ronde.catalogue.cel.FactType;
import dev.ronde.check.probe.ProbeFailure;
import dev.ronde.check.probe.ProbeResult;
import dev.ronde.platform.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Facts from a pushed snapshot: its content as far as the fact schema names it, and {@code snapshot} with digest and time. */
public final class SnapshotFacts {
    private SnapshotFacts() {}

    /**
     * The facts; a failure where the snapshot is not all there is, or a rule in it has fields that nobody here understands: whatever was
     * made of the rest would be a guess.
     *
     * @param addsUp whether one part of the document is enough to show what is wrong; {@link #asFarAs} then says what the result is worth
     */
    static ProbeResult collected(Snapshot snapshot, FactSchema schema, boolean addsUp) {
        Unread unread = Unread.of(snapshot);
        if (!unread.fields().isEmpty()) {
            return ProbeResult.failed(
                    ProbeFailure.UNPARSABLE_RULE,
                    unread.fields().size() > 3 ? Saying.MORE_UNREAD_FIELDS : Saying.UNREAD_FIELDS,
                    unread.fields().stream().limit(3).collect(Collectors.joining("; ")));
        }
        if (!unread.pages().isEmpty() && !addsUp) {
            return new ProbeResult.Failed(ProbeFailure.SNAPSHOT_INCOMPLETE, List.of(onePage(unread)), null, List.of());
        }
        return new ProbeResult.Collected(of(snapshot, schema), null, null, List.of());
    }

    /**
     * What a result from this snapshot is worth, and since when it was so: one part of a document can show a hole, and never that there is
     * none. An error says what to mend first, on a page as on the whole.
     */
    static Execution asFarAs(Snapshot snapshot, Execution found) {
        Execution ran = found.seen(snapshot.lastSeenAt());
        Unread unread = Unread.of(snapshot);
        Judgement judgement = ran.judgement();
        if (unread.pages().isEmpty() || judgement.outcome() == Outcome.ERROR) {
            return ran;
        }
        return judgement.outcome() == Outcome.FAIL
                ? ran.judged(judgement.withPartUnknown(), ran.kept())
                : ran.judged(
                        Judgement.undecided(
                                Outcome.UNKNOWN,
                                ProbeFailure.SNAPSHOT_INCOMPLETE.code(),
                                List.of(onePage(unread)),
                                judgement.severity()),
                        Map.of());
    }

    private static Said onePage(Unread unread) {
        return Said.of(Saying.ONE_PAGE, String.join(", ", unread.pages()));
    }

    static Map<String, Object> of(Snapshot snapshot, FactSchema schema) {
        Map<String, Object> facts = new LinkedHashMap<>();
        if (project(snapshot.content(), schema.root()) instanceof Map<?, ?> content) {
            content.forEach((name, value) -> facts.put(String.valueOf(name), value));
        }
        facts.put("snapshot", origin(snapshot));
        return facts;
    }

    static Map<String, Object> origin(Snapshot snapshot) {
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put("digest", snapshot.digest());
        origin.put("collectedAt", snapshot.lastSeenAt().toString());
        return origin;
    }

    public static Map<String, Object> document(Snapshot snapshot) {
        return Json.object(snapshot.content());
    }

    private static @Nullable Object project(JsonNode node, FactType type) {
        if (type instanceof FactType.ObjectType object && node.isObject()) {
            Map<String, Object> kept = new LinkedHashMap<>();
            object.fields().forEach((name, field) -> {
                JsonNode child = node.get(name);
                Object value = child == null ? null : project(child, field.type());
                if (value != null) {
                    kept.put(name, value);
                }
            });
            return kept;
        }
        if (type instanceof FactType.ListOf list && node.isArray()) {
            List<Object> items = new ArrayList<>();
            for (JsonNode item : node) {
                Object value = project(item, list.item());
                if (value != null) {
                    items.add(value);
                }
            }
            return items;
        }
        return Json.plain(node);
    }
}
