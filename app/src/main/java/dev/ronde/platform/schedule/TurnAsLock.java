package dev.ronde.platform.schedule;

import java.sql.Connection;
import org.quartz.impl.jdbcjobstore.Semaphore;

/**
 * Quartz's lock where one transaction writes at a time (decision 041): whoever has a connection has the turn, and nobody else has it. Quartz
 * would otherwise take a lock of its own, sometimes before the connection and sometimes behind it, so that two of its threads could wait
 * for each other and every writer behind them.
 */
public final class TurnAsLock implements Semaphore {
    @Override
    public boolean obtainLock(Connection connection, String lockName) {
        return true;
    }

    @Override
    public void releaseLock(String lockName) {}

    @Override
    public boolean requiresConnection() {
        return true;
    }
}
