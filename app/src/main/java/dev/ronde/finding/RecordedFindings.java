package dev.ronde.finding;

import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.state.StateSource;
import dev.ronde.evidence.state.SubjectTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the records say of findings. When one failed last moves with every run, and stands in the records of the runs. */
public final class RecordedFindings {
    private RecordedFindings() {}

    /** The tables of the room that follow from records. */
    public static List<StateSource> sources() {
        return List.of(new SubjectTable(
                "finding",
                "finding",
                Set.of("finding.opened", "finding.changed", "finding.acknowledged", "finding.fixed"),
                new UUID(0, 0).toString(),
                (handle, after, limit) ->
                        handle.attach(RecordedFindingDao.class).list(UUID.fromString(after), limit),
                (handle, limit) -> handle.attach(RecordedFindingDao.class).listLost(limit),
                RecordedFindings::finding));
    }

    private static Map<String, @Nullable Object> finding(List<Leaf> records) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (Leaf record : records) {
            record.after().forEach((name, value) -> row.put(String.valueOf(name), value));
            row.put("asset", record.asset());
            row.put("check", record.check());
            if (record.data().containsKey("fingerprint")) {
                row.put("fingerprint", record.field("fingerprint"));
            }
            if (record.type().equals("finding.acknowledged")) {
                row.put("acknowledged_by", record.actorRef());
            }
        }
        return row;
    }
}
