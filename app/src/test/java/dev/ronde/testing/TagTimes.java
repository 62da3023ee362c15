package dev.ronde.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Writes each test's tags and milliseconds to {@code target/test-times.txt}, and prints the list of skipped tests at the end. */
public final class TagTimes implements TestExecutionListener {
    private final Map<String, Long> started = new ConcurrentHashMap<>();
    private final StringBuffer lines = new StringBuffer();
    private final StringBuffer skipped = new StringBuffer();

    @Override
    public void executionStarted(TestIdentifier test) {
        started.put(test.getUniqueId(), System.nanoTime());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) {
            long millis = (System.nanoTime() - started.getOrDefault(test.getUniqueId(), System.nanoTime())) / 1_000_000;
            String tags = test.getTags().stream().map(TestTag::getName).sorted().collect(Collectors.joining("+"));
            lines.append(tags.isEmpty() ? "untagged" : tags)
                    .append('\t')
                    .append(millis)
                    .append('\n');
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        skipped.append("  ")
                .append(test.getDisplayName())
                .append(": ")
                .append(reason)
                .append('\n');
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        try {
            Path folder = Path.of(System.getProperty("ronde.buildDirectory", "target"));
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve("test-times.txt"),
                    lines.toString(),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!skipped.isEmpty()) {
            System.out.println("Skipped, because a program is missing on this machine:\n" + skipped);
        }
    }
}
