package dev.ronde.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.Unchecked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A type that nothing writes promises a record that never comes. */
class RecordTypesTest {
    @Test
    void everyTypeIsWrittenSomewhere() throws IOException {
        String sources;
        try (var files = Files.walk(Path.of("app/src/main/java"))) {
            sources = files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("RecordTypes.java"))
                    .map(RecordTypesTest::read)
                    .collect(Collectors.joining("\n"));
        }
        assertThat(RecordTypes.KNOWN)
                .allSatisfy(type -> assertThat(sources.contains("\"" + type + "\"")
                                // of a review and of an asset the event is written, under its family
                                || (type.matches("(review|asset|waiver|plan|webhook)\\..*")
                                        && sources.contains("\"" + type.substring(type.indexOf('.') + 1) + "\"")))
                        .as(type)
                        .isTrue());
    }

    private static String read(Path file) {
        return Unchecked.get(() -> Files.readString(file));
    }
}
