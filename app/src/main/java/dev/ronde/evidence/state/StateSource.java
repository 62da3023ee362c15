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

/**
 * A table whose rows follow from records: those of one subject, or a single one.
 *
 * @param beginning the value that the first page of rows begins after
 * @param records those of some subjects
 * @param rows the rows after a place, in the order of their places
 * @param lost subjects whose records say that there is a row, although there is none
 * @param expected what the records of one row, in the order of their changes, say of its fields; a list stands for a set
 */
public record StateSource(String table, String beginning, Lookup records, Pages rows, Lost lost, Reading expected) {
    /** For a field that the records say nothing about, because they are older than it. */
    public static final Object UNSAID = new Object();

    /**
     * A table with one row for each subject of some records: what the row says follows from all of them.
     *
     * @param kind what the subjects are, as in the records
     * @param types the records that change the row
     */
    public StateSource(
            String table, String kind, Set<String> types, String beginning, Pages rows, Lost lost, Reading expected) {
        this(table, beginning, (reader, subjects) -> reader.of(kind, types, subjects), rows, lost, expected);
    }

    /** A table with one row for each record of a type, which names the record. */
    public static StateSource ofRecords(String table, String type, Pages rows, Lost lost, Reading expected) {
        return new StateSource(
                table,
                new UUID(0, 0).toString(),
                (reader, subjects) -> reader.byId(type, subjects),
                rows,
                lost,
                expected);
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
}
