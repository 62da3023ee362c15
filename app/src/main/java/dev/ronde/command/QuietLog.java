package dev.ronde.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** Keeps the log of a server that was started for one command to warnings. */
final class QuietLog {
    private QuietLog() {}

    static <T> T during(Supplier<T> work) {
        return during(Level.WARN, work);
    }

    static <T> T without(Supplier<T> work) {
        return during(Level.OFF, work);
    }

    private static <T> T during(Level level, Supplier<T> work) {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        root.setLevel(level);
        try {
            return work.get();
        } finally {
            root.setLevel(before);
        }
    }
}
