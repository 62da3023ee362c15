package dev.ronde.evidence.state;

import dev.ronde.evidence.population.Leaf;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A table whose rows follow from records. */
public interface StateSource {
    /** For a field that the records say nothing about, because they are older than it. */
    Object UNSAID = new Object();

    String table();

    /** The value that the first page of rows begins after. */
    String beginning();

    /** The rows after a place, in the order of their places. */
    List<StateRow> rows(Handle handle, String after, int limit);

    Map<String, List<Leaf>> records(RecordReader reader, Collection<String> subjects);

    /** What the records of one row, in the order of their changes, say of its fields; a list stands for a set. */
    Map<String, @Nullable Object> expected(List<Leaf> records);

    /** Subjects whose records say that there is a row, although there is none. */
    List<String> lost(Handle handle, int limit);
}
