package dev.ronde.check.run;

import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.state.StateRow;
import dev.ronde.evidence.state.StateSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the records say of runs, of what is known from them, and of what people stated. */
public final class RecordedRuns {
    private static final String RESULT = "check.result";

    private RecordedRuns() {}

    public static List<StateSource> sources() {
        return List.of(
                table("check_run", RESULT, RecordedRunDao::listRuns, RecordedRuns::result),
                table("check_missed", "run.missed", RecordedRunDao::listMissed, RecordedRuns::result),
                StateSource.ofRecords(
                        "check_state",
                        RESULT,
                        (handle, after, limit) -> {
                            String[] pair = after.split(" ", 2);
                            return dao(handle)
                                    .listKnown(UUID.fromString(pair[0]), pair.length == 1 ? "" : pair[1], limit);
                        },
                        (handle, limit) -> dao(handle).listUnknown(limit),
                        RecordedRuns::result),
                table("check_statement", "check.attested", RecordedRunDao::listStatements, RecordedRuns::statement));
    }

    private interface Rows {
        List<StateRow> after(RecordedRunDao dao, UUID after, int limit);
    }

    /** A table with one row for each record of a type. */
    private static StateSource table(String table, String type, Rows rows, StateSource.Reading reading) {
        return StateSource.ofRecords(
                table,
                type,
                (handle, after, limit) -> rows.after(dao(handle), UUID.fromString(after), limit),
                (handle, limit) -> dao(handle).listLost(table, type, limit),
                reading);
    }

    private static RecordedRunDao dao(Handle handle) {
        return handle.attach(RecordedRunDao.class);
    }

    private static Map<String, @Nullable Object> result(List<Leaf> records) {
        Leaf record = records.get(0);
        Map<String, @Nullable Object> row = of(record);
        row.put("due_at", record.data().get("due"));
        row.put("started_at", record.data().get("startedAt"));
        row.put("finished_at", record.data().get("finishedAt"));
        row.put("fresh_until", record.data().get("freshUntil"));
        return row;
    }

    private static Map<String, @Nullable Object> statement(List<Leaf> records) {
        Map<String, @Nullable Object> row = of(records.get(0));
        row.put("stated_at", records.get(0).occurredAt());
        return row;
    }

    private static Map<String, @Nullable Object> of(Leaf record) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        record.data().forEach((name, value) -> row.put(String.valueOf(name), value));
        row.put("check", record.check());
        row.put("check_sha256", record.checkSha256());
        row.put("check_version", record.data().get("check") instanceof Map<?, ?> check ? check.get("rev") : null);
        return row;
    }
}
