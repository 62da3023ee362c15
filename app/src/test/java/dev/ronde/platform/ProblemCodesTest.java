package dev.ronde.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.Overlay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every code that a problem can have is explained where its type leads, and no other. */
class ProblemCodesTest {
    private static final Pattern MADE =
            Pattern.compile("Problem\\s*(?:\\.\\s*)?(\\w*)\\(\\s*(?:\\d{3}\\s*,\\s*)?\"([a-z_]+)\"");
    /** Makers whose first text is no code: they have one of their own. */
    private static final Set<String> OTHERS = Set.of("invalid", "notFound", "forbidden");

    @Test
    void everyCodeIsExplained() throws IOException {
        Set<String> made = new TreeSet<>(List.of("""
                unauthorized forbidden not_found precondition_failed too_large invalid unknown_field
                precondition_required too_many_requests""".split("\\s+")));
        try (Stream<Path> files = Files.walk(Path.of("app/src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher matcher = MADE.matcher(Files.readString(file));
                while (matcher.find()) {
                    if (!OTHERS.contains(matcher.group(1))) {
                        made.add(matcher.group(2));
                    }
                }
            }
        }
        Set<String> explained = new TreeSet<>();
        new Messages(Overlay.of("templates", null))
                .keys(Locale.ENGLISH).stream()
                        .filter(key -> key.startsWith("problem."))
                        .map(key -> key.substring("problem.".length()))
                        .filter(code -> !code.startsWith("page."))
                        .forEach(explained::add);
        assertThat(explained).isEqualTo(made);
    }
}
