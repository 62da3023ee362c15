package dev.ronde.platform.db;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything a database holds at one moment: a live database, or a backup file. */
interface Dump extends AutoCloseable {
    String schemaVersion();

    List<CopyTable> tables();

    /** Passes on every row with its columns in order; returns how many rows there were. */
    long each(CopyTable table, RowTarget target) throws SQLException, IOException;

    @Override
    void close() throws SQLException, IOException;

    interface RowTarget {
        void row(@Nullable Object[] values) throws SQLException, IOException;
    }
}
