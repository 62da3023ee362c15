package dev.ronde.asset.inventory;

import dev.ronde.platform.db.Database;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Whether an estate is so large that figures over it may be kept (decision 013). */
public final class EstateSize {
    /** Up to this many assets, retired ones included, every request reads the figures again. */
    static final int ALWAYS_EXACT = 1_000;

    private EstateSize() {}

    interface Dao {
        @SqlQuery("select count(*) from (select a.id from asset a fetch first :most rows only) counted")
        int countUpTo(int most);
    }

    /** Tells whether figures may be kept; counts no further than it must. */
    public static BooleanSupplier large(Database database) {
        return () -> database.read(handle -> handle.attach(Dao.class).countUpTo(ALWAYS_EXACT + 1)) > ALWAYS_EXACT;
    }
}
