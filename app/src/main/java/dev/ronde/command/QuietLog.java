package dev.ronde.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.function.IntSupplier;
import org.slf4j.LoggerFactory;

/** Keeps the log of a server that was started for one command to warnings. */
final class QuietLog {
    private QuietLog() {}

    /** Runs the work and puts the level back after it. */
    static int during(IntSupplier work) {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        root.setLevel(Level.WARN);
        try {
            return work.getAsInt();
        } finally {
            root.setLevel(before);
        }
    }
}
