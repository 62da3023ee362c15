package dev.ronde.evidence.state;

import dev.ronde.evidence.population.Leaf;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A table whose rows follow from records: those of one subject, or a single one. */
public record SubjectTable(String table, String beginning, Lookup lookup, Pages pages, Lost missing, Reading reading)
        implements StateSource {

    /**
     * A table with one row for each subject of some records: what the row says follows from all of them.
     *
     * @param kind what the subjects are, as in the records
     * @param types the records that change the row
     */
    public SubjectTable(
            String table,
            String kind,
            Set<String> types,
            String beginning,
            Pages pages,
            Lost missing,
            Reading reading) {
        this(table, beginning, (reader, subjects) -> reader.of(kind, types, subjects), pages, missing, reading);
    }

    /** A table with one row for each record of a type, which names the record. */
    public static SubjectTable ofRecords(String table, String type, Pages pages, Lost missing, Reading reading) {
        return new SubjectTable(
                table,
                new UUID(0, 0).toString(),
                (reader, subjects) -> reader.byId(type, subjects),
                pages,
                missing,
                reading);
    }

    @FunctionalInterface
    public interface Lookup {
        Map<String, List<Leaf>> find(RecordReader reader, Collection<String> subjects);
    }

    @FunctionalInterface
    public interface Pages {
        List<StateRow> list(Handle handle, String after, int limit);
    }

    @FunctionalInterface
    public interface Lost {
        List<String> list(Handle handle, int limit);
    }

    @FunctionalInterface
    public interface Reading {
        Map<String, @Nullable Object> of(List<Leaf> records);
    }

    public static Map<String, @Nullable Object> newest(List<Leaf> records) {
        Map<String, @Nullable Object> state = new LinkedHashMap<>();
        for (int index = records.size() - 1; index >= 0 && state.isEmpty(); index--) {
            records.get(index).after().forEach((name, value) -> state.put(String.valueOf(name), value));
        }
        return state;
    }

    @Override
    public List<StateRow> rows(Handle handle, String after, int limit) {
        return pages.list(handle, after, limit);
    }

    @Override
    public Map<String, List<Leaf>> records(RecordReader reader, Collection<String> subjects) {
        return lookup.find(reader, subjects);
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
