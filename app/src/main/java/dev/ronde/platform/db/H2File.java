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
    /** Pieces are worth rewriting while less than so much of them counts, in percent. */
    private static final int FILLED = 80;

    private static final int BYTES_A_ROUND = 8 << 20;
    private static final int ROUNDS = 8;

    private H2File() {}

    /** Whether the file is still written: H2 closes it for good once a write has failed, though sessions may go on to be there. */
    static boolean isOpen(Connection owner) {
        try {
            return owner.isValid(0) && !store(owner).isClosed();
        } catch (SQLException | RuntimeException e) {
            return false;
        }
    }

    /** Rewrites a bounded amount of sparse pieces; their place is used again after H2's retention time (45 s). */
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
