package dev.ronde.evidence.state;

import dev.ronde.evidence.population.Leaf;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A table with one row for each record of a type, which names the record.
 *
 * @param type the type of the records
 */
public record RecordTable(
        String table, String type, SubjectTable.Pages pages, SubjectTable.Lost missing, SubjectTable.Reading reading)
        implements StateSource {

    @Override
    public String beginning() {
        return new UUID(0, 0).toString();
    }

    @Override
    public List<StateRow> rows(Handle handle, String after, int limit) {
        return pages.list(handle, after, limit);
    }

    @Override
    public Map<String, List<Leaf>> records(RecordReader reader, Collection<String> subjects) {
        return reader.byId(type, subjects);
    }

    @Override
    public Map<String, @Nullable Object> expected(List<Leaf> records) {
        return reading.of(records);
    }

    @Override
    public List<String> lost(Handle handle, int limit) {
        return missing.list(handle, limit);
    }
}
