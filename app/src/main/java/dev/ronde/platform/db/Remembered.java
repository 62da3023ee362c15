package dev.ronde.platform.db;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.config.JdbiConfig;

/**
 * What one handle has read of what never changes, such as the version of a plan: it is read once in a transaction, not once for each row
 * that names it. It ends with the handle, so that what a transaction wrote and rolled back is forgotten with it; what is rolled back to a
 * savepoint is not, so nothing that is written inside one belongs here.
 */
public final class Remembered implements JdbiConfig<Remembered> {
    private final Map<Object, Object> values = new HashMap<>(2);

    /**
     * The value under this key.
     *
     * @param key a record of the caller's own, so that nobody else has the same
     * @param read reads it the first time; what it throws is not remembered
     */
    @SuppressWarnings("unchecked")
    public static <T> T of(Handle handle, Object key, Supplier<T> read) {
        Map<Object, Object> values = handle.getConfig(Remembered.class).values;
        Object known = values.get(key);
        if (known == null) {
            known = read.get();
            values.put(key, known);
        }
        return (T) known;
    }

    @Override
    public Remembered createCopy() {
        return new Remembered();
    }
}
