package dev.ronde.platform.db;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

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
}
