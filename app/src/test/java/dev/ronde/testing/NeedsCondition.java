package dev.ronde.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides {@link Needs}; the skipped tests are written to {@code target/skipped-tests.txt}, which the build prints. */
final class NeedsCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        List<String> missing = AnnotationSupport.findAnnotation(context.getElement(), Needs.class).stream()
                .flatMap(needs -> Arrays.stream(needs.value()))
                .filter(program -> !present(program))
                .toList();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("everything needed is here");
        }
        String reason = context.getUniqueId().replaceAll(".*class:([^\\]]*)\\].*", "$1") + " needs "
                + String.join(", ", missing);
        if ("all".equals(System.getProperty("ronde.require"))) {
            throw new IllegalStateException(reason + ", and -Dronde.require=all forbids skipping");
        }
        list(reason);
        return ConditionEvaluationResult.disabled(reason);
    }

    static boolean present(String program) {
        if (program.contains("/")) {
            return Files.exists(Path.of(program));
        }
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
        return Arrays.stream(path.split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static void list(String reason) {
        try {
            Path file = Path.of(System.getProperty("ronde.buildDirectory", "target"), "skipped-tests.txt");
            Files.writeString(
                    file, reason + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
