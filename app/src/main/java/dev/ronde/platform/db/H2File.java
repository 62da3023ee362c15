package dev.ronde.platform.db;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;

/**
 * The file of an embedded H2. Each commit appends the pages it changed; what still counts of old pieces has to be written anew before their
 * place is free. H2 does this in a thread of its own only where commits may be delayed, and that thread would write beside a
 * transaction; so Ronde asks for it in a turn (decisions 041 and 048).
 */
final class H2File {
    /** In percent: pieces are worth rewriting while less of them than this is in use. */
    private static final int FILLED = 80;

    private static final int BYTES_A_ROUND = 8 << 20;
    private static final int ROUNDS = 8;

    private H2File() {}

    /** H2 closes the file for good after a failed write, although sessions may still seem to work. */
    static boolean isOpen(Connection owner) {
        try {
            return owner.isValid(0) && !store(owner).isClosed();
        } catch (SQLException | RuntimeException e) {
            return false;
        }
    }

    /** Rewrites a bounded amount; H2 uses the space again after its retention time (45 s). */
    static void compact(Connection owner) throws SQLException {
        MVStore store = store(owner);
        for (int round = 0; round < ROUNDS && store.compact(FILLED, BYTES_A_ROUND); round++) {
            store.commit();
        }
    }

    private static MVStore store(Connection owner) throws SQLException {
        return ((SessionLocal) owner.unwrap(JdbcConnection.class).getSession())
                .getDatabase()
                .getStore()
                .getMvStore();
    }
}
