package dev.ronde.platform.db;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.tx.Transaction;
import org.h2.mvstore.tx.TransactionStore;

/**
 * Transactions that a killed process had begun to commit. Their log says that they are committed; part of their rows still waits to be told.
 * H2 rolls back the open ones when it opens a file, but passes these over: their rows stay half new, half old, and whoever changes one of
 * them waits for ever (decision 075).
 */
final class H2Leftovers {
    private H2Leftovers() {}

    /**
     * Ends the commits that were under way; true where there were any, and what H2 read at the start may be old.
     *
     * @param owner does nothing unless it is the connection that opened the file: only then nobody else can be committing
     */
    static boolean commit(Connection owner) throws SQLException {
        Database database = ((SessionLocal) owner.unwrap(JdbcConnection.class).getSession()).getDatabase();
        if (database.getSessions(false).length > 1) {
            return false;
        }
        TransactionStore store = database.getStore().getTransactionStore();
        List<Transaction> begun = store.getOpenTransactions().stream()
                .filter(transaction -> transaction.getStatus() == Transaction.STATUS_COMMITTED)
                .toList();
        for (Transaction transaction : begun) {
            end(store, transaction);
        }
        return !begun.isEmpty();
    }

    private static void end(TransactionStore store, Transaction transaction) throws SQLException {
        try {
            Method commit = TransactionStore.class.getDeclaredMethod("commit", Transaction.class, boolean.class);
            Method close = Transaction.class.getDeclaredMethod("close", boolean.class, Throwable.class);
            commit.setAccessible(true);
            close.setAccessible(true);
            commit.invoke(store, transaction, true);
            close.invoke(transaction, true, null);
        } catch (ReflectiveOperationException e) {
            throw new SQLException("a commit that was under way when the process died cannot be ended", e);
        }
    }
}
