package dev.ronde.review;

import dev.ronde.evidence.RecordTypes;
import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.state.RecordReader;
import dev.ronde.evidence.state.StateSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the records say of reviews: the row, who held it, and every line of its history. */
public final class RecordedReviews {
    /** In a record with a line in the history: what the line calls it. */
    static final String EVENT = "event";

    private RecordedReviews() {}

    public static List<StateSource> sources() {
        Set<String> types = RecordTypes.KNOWN.stream()
                .filter(type -> type.startsWith("review."))
                .collect(Collectors.toUnmodifiableSet());
        return List.of(new StateSource(
                "review",
                "review",
                types,
                "0",
                (handle, after, limit) -> handle.attach(RecordedReviewDao.class).list(Long.parseLong(after), limit),
                (handle, limit) -> handle.attach(RecordedReviewDao.class).listLost(limit),
                RecordedReviews::review));
    }

    private static Map<String, @Nullable Object> review(List<Leaf> records) {
        Map<String, @Nullable Object> row = StateSource.newest(records);
        // what waits is let go with its plan, of which the record of the plan tells
        row.computeIfPresent("held", (field, said) -> StateSource.UNSAID);
        Set<Object> holders = new TreeSet<>();
        for (Leaf record : records) {
            Object owner = record.after().get("owner");
            if (owner != null) {
                holders.add(owner);
            }
        }
        row.put("holders", holders);
        List<Leaf> lines = records.stream()
                .filter(record -> record.data().containsKey(EVENT))
                .toList();
        row.put("events", lines.size());
        row.put(
                "history",
                lines.stream()
                        .map(record ->
                                record.field(EVENT) + " by " + record.actorRef() + " in " + RecordReader.id(record))
                        .toList());
        return row;
    }
}
