package dev.ronde.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * The folders and databases that tests make, each removed when the test or the class that made it has ended; thousands of them would
 * fill a disk. What is made outside of both lasts until the process ends.
 */
public final class Leftovers implements TestExecutionListener {
    /** What is running, innermost first, each with what it leaves behind, the newest first. */
    private static final Deque<Deque<Runnable>> RUNNING = new ArrayDeque<>(List.of(new ArrayDeque<>()));

    private static final long ROOM = 8L << 30;
    private static final Path PARENT = parent();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Leftovers::removeAll, "remove-leftovers"));
    }

    /**
     * Tests write to memory where there is room: a new database is a thousand files, which takes ten times as long on a disk. Benchmarks,
     * whose databases are large, do not.
     */
    private static Path parent() {
        String memory = System.getProperty("ronde.memory");
        return memory != null && Path.of(memory).toFile().getUsableSpace() > ROOM
                ? Path.of(memory)
                : Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** Makes a folder for what runs now. */
    public static Path folder(String name) {
        Path folder = forgottenFolder(name);
        remove(() -> delete(folder));
        return folder;
    }

    /** Makes a folder for all that this process is still going to run. */
    static synchronized Path lastingFolder(String name) {
        Path folder = forgottenFolder(name);
        RUNNING.getLast().push(() -> delete(folder));
        return folder;
    }

    /** Has the action run when what runs now has ended. */
    static synchronized void remove(Runnable action) {
        RUNNING.element().push(action);
    }

    /** Makes a folder that is removed by whoever uses it. */
    static Path forgottenFolder(String name) {
        return Unchecked.get(() -> Files.createTempDirectory(Files.createDirectories(PARENT), name));
    }

    @Override
    public void executionStarted(TestIdentifier started) {
        begin();
    }

    @Override
    public void executionFinished(TestIdentifier ended, TestExecutionResult result) {
        end();
    }

    private static synchronized void begin() {
        RUNNING.push(new ArrayDeque<>());
    }

    private static synchronized void end() {
        RUNNING.pop().forEach(Leftovers::run);
    }

    private static synchronized void removeAll() {
        while (!RUNNING.isEmpty()) {
            end();
        }
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            // a folder somebody still writes to, or a database whose server went first: what can't be removed stays
            System.err.println("left behind: " + e.getMessage());
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
