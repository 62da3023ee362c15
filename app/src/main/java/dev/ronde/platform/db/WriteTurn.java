package dev.ronde.platform.db;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Whose turn it is to write. H2 saves its tables and indexes one after the other: a process that is killed while one transaction is
 * saved and a second one writes leaves a torn file. So on H2 one transaction writes at a time, in the order of asking (decision 041);
 * on PostgreSQL there are no turns. Reading never waits.
 */
final class WriteTurn {
    private final boolean single;
    private final ReentrantLock lock = new ReentrantLock(true);

    WriteTurn(Dialect dialect) {
        this.single = dialect == Dialect.H2;
    }

    /** Waits for its turn; nested work on the same thread runs at once. */
    <T> T take(Supplier<T> work) {
        if (!single) {
            return work.get();
        }
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for its turn, which ends when the same thread closes the connection. */
    Connection connect(DataSource source) throws SQLException {
        if (!single) {
            return source.getConnection();
        }
        lock.lock();
        boolean connected = false;
        try {
            Connection connection = untilClosed(source.getConnection());
            connected = true;
            return connection;
        } finally {
            if (!connected) {
                lock.unlock();
            }
        }
    }

    private Connection untilClosed(Connection connection) {
        boolean[] open = {true};
        return (Connection) Proxy.newProxyInstance(
                WriteTurn.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (open[0] && method.getName().equals("close")) {
                            open[0] = false;
                            lock.unlock();
                        }
                    }
                });
    }
}
