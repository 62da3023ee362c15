package dev.ronde.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Writes each test's tags and milliseconds to {@code target/test-times-fork-N.txt}, and prints the list of skipped tests at the end of each fork. */
public final class TagTimes implements LauncherSessionListener, TestExecutionListener {
    private final Map<String, Long> started = new ConcurrentHashMap<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> skipped = new CopyOnWriteArrayList<>();

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        session.getLauncher().registerTestExecutionListeners(this);
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        started.put(test.getUniqueId(), System.nanoTime());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) {
            long millis = (System.nanoTime() - started.getOrDefault(test.getUniqueId(), System.nanoTime())) / 1_000_000;
            String tags = test.getTags().stream().map(TestTag::getName).sorted().collect(Collectors.joining("+"));
            lines.add((tags.isEmpty() ? "untagged" : tags) + "\t" + millis);
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        skipped.add("  " + test.getDisplayName() + ": " + reason);
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (!lines.isEmpty()) {
            new ForkFile("test-times", "txt").write(lines);
        }
        if (!skipped.isEmpty()) {
            System.out.println("Skipped, because a program is missing on this machine:\n" + String.join("\n", skipped));
        }
    }
}
