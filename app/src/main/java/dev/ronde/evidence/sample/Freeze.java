package dev.ronde.evidence.sample;

import dev.ronde.evidence.population.Leaf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The tables of one bundle, as they were when a record said their hashes.
 *
 * @param files SHA-256 of each table, by its path
 * @param checkpoint the first that covers the record; empty while it is not sealed
 * @param samples the newest of each table that was drawn from
 */
public record Freeze(
        UUID id,
        UUID recordId,
        UUID exportId,
        String from,
        String to,
        String scope,
        Map<String, String> files,
        String frozenBy,
        String frozenAt,
        String checkpoint,
        List<Sample> samples) {
    static Freeze of(UUID recordId, Leaf leaf, String checkpoint, List<Leaf> draws) {
        Map<String, String> files = new TreeMap<>();
        for (Object item : leaf.data().get("files") instanceof List<?> list ? list : List.of()) {
            files.put(
                    String.valueOf(Leaf.map(item).get("path")),
                    String.valueOf(Leaf.map(item).get("sha256")));
        }
        Map<String, Sample> samples = new LinkedHashMap<>();
        draws.forEach(
                draw -> samples.merge(draw.field("name"), Sample.of(draw), (first, next) -> next.seededAs(first)));
        return new Freeze(
                UUID.fromString(leaf.subjectId()),
                recordId,
                UUID.fromString(leaf.field("export")),
                leaf.field("from"),
                leaf.field("to"),
                leaf.field("scope"),
                files,
                leaf.actorRef(),
                leaf.occurredAt().toString(),
                checkpoint,
                List.copyOf(samples.values()));
    }

    public boolean sealed() {
        return !checkpoint.isEmpty();
    }
}
