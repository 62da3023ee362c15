package dev.ronde.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Commands on a home of their own. */
abstract class HomeTest {
    @TempDir
    Path folder;

    @AutoClose
    Terminal.Home commands;

    @BeforeEach
    void open() {
        commands = new Terminal.Home(home(), settings());
    }

    Path home() {
        return folder.resolve("home");
    }

    Map<String, String> settings() {
        return Map.of();
    }

    Terminal.Run run(String... words) {
        return commands.run(words);
    }

    /** Runs a command that must end with this code. */
    Terminal.Run ended(int code, String... args) {
        Terminal.Run run = run(args);
        assertThat(run.code())
                .as(String.join(" ", args) + run.out() + run.err())
                .isEqualTo(code);
        return run;
    }

    /** An export seals what waits. */
    Terminal.Run export(String file, String... more) {
        return run(Stream.concat(
                        Stream.of("evidence", "export", "--from", "2026-03-01", "--to", "2026-03-31", "-o", file),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
