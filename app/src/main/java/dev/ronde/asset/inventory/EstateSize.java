package dev.ronde.asset.inventory;

import dev.ronde.platform.db.Database;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Whether an estate is so large that figures over it may be kept (decision 013). */
public final class EstateSize {
    /** Up to so many assets, retired ones too, every figure is read for each request, however slow the machine is at the moment. */
    static final int ALWAYS_EXACT = 1_000;

    private EstateSize() {}

    interface Dao {
        @SqlQuery("select count(*) from (select a.id from asset a fetch first :most rows only) counted")
        int countUpTo(@Bind("most") int most);
    }

    /** Tells whether there are more assets than figures are read of for each request; counts no further than that. */
    public static BooleanSupplier large(Database database) {
        return () -> database.read(handle -> handle.attach(Dao.class).countUpTo(ALWAYS_EXACT + 1)) > ALWAYS_EXACT;
    }
}
