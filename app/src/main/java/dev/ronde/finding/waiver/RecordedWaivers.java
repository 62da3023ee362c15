package dev.ronde.finding.waiver;

import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.state.StateSource;
import dev.ronde.evidence.state.SubjectTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the records say of waivers. */
public final class RecordedWaivers {
    private RecordedWaivers() {}

    /** The tables of the room that follow from records. */
    public static List<StateSource> sources() {
        return List.of(new SubjectTable(
                "waiver",
                "waiver",
                Set.of("waiver.requested", "waiver.approved", "waiver.denied", "waiver.revoked", "waiver.expired"),
                "0",
                (handle, after, limit) -> handle.attach(RecordedWaiverDao.class).list(Long.parseLong(after), limit),
                (handle, limit) -> handle.attach(RecordedWaiverDao.class).listLost(limit),
                RecordedWaivers::waiver));
    }

    private static Map<String, @Nullable Object> waiver(List<Leaf> records) {
        Map<String, @Nullable Object> row = SubjectTable.newest(records);
        Leaf first = records.get(0);
        String reason = first.type().equals("waiver.requested") ? first.privateText("reason") : "";
        row.put("reason", reason.isEmpty() ? StateSource.UNSAID : reason);
        row.put("asset", first.asset());
        row.put("check", first.check());
        row.put("finding", first.field("finding"));
        if (row.get("assertions") instanceof List<?> ids) {
            row.put("assertions", ids.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        row.put("decision", "none");
        for (Leaf record : records) {
            switch (record.type()) {
                case "waiver.approved" -> row.put("decision", "approved");
                case "waiver.denied" -> row.put("decision", "denied");
                case "waiver.revoked" -> row.put("revoked", true);
                case "waiver.expired" -> row.put("expired", true);
                default -> {
                    // that it was asked for decides nothing
                }
            }
        }
        return row;
    }
}
