package dev.ronde.evidence.state;

import dev.ronde.evidence.population.Leaf;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A table whose rows follow from records. */
public interface StateSource {
    /** Of a field of which the records say nothing, because they are older than what is said of it. */
    Object UNSAID = new Object();

    String table();

    /** What the first page of rows begins after. */
    String beginning();

    /** The rows after a place, in the order of their places. */
    List<StateRow> rows(Handle handle, String after, int limit);

    /** The records of these subjects, by subject. */
    Map<String, List<Leaf>> records(RecordReader reader, Collection<String> subjects);

    /** What the records of one row, in the order in which they changed it, say of its fields; a list stands for a set. */
    Map<String, @Nullable Object> expected(List<Leaf> records);

    /** Subjects whose records say that there is a row, where there is none. */
    List<String> lost(Handle handle, int limit);
}
