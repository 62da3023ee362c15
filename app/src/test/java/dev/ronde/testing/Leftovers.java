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

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Leftovers::removeAll, "remove-leftovers"));
    }

    /** Makes a folder for what runs now. */
    public static Path folder(String name) {
        Path folder = made(name);
        remove(() -> delete(folder));
        return folder;
    }

    /** Makes a folder for all that this process is still going to run. */
    static synchronized Path lastingFolder(String name) {
        Path folder = made(name);
        RUNNING.getLast().push(() -> delete(folder));
        return folder;
    }

    /** Has the action run when what runs now has ended. */
    static synchronized void remove(Runnable action) {
        RUNNING.element().push(action);
    }

    private static Path made(String name) {
        try {
            Path parent = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir")));
            return Files.createTempDirectory(parent, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        RUNNING.pop().forEach(Runnable::run);
    }

    private static synchronized void removeAll() {
        while (!RUNNING.isEmpty()) {
            end();
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // somebody still writes there, or took the right to look: what can't be removed stays
            System.err.println("left behind: " + e.getMessage());
        }
    }
}
