package dev.ronde.evidence.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program whose rules are gone, be it by a damaged file or by a change nobody tested, does not start to look at anything. */
@Tag("long")
final class BlindRedactorTest {
    @TempDir
    Path folder;

    @Test
    void aServerWhoseCanariesFailDoesNotStart() throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path said = folder.resolve("said.txt");
        ProcessBuilder builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx400m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                withoutRules() + File.pathSeparator + System.getProperty("java.class.path"),
                "dev.ronde.Main",
                "serve");
        builder.environment().keySet().removeIf(key -> key.startsWith("RONDE_"));
        builder.environment().put("RONDE_HOME", home.toString());
        builder.environment().put("RONDE_HTTP_PORT", "0");
        Process server =
                builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        try {
            assertThat(server.waitFor(120, TimeUnit.SECONDS))
                    .as("ends by itself")
                    .isTrue();
            assertThat(server.exitValue()).isNotZero();
            assertThat(Files.readString(said))
                    .contains("of 19 canaries; nothing is probed")
                    .doesNotContain("canary-password");
            assertThat(home.resolve("run/server.json")).doesNotExist();
        } finally {
            server.destroyForcibly();
        }
    }

    /** The class that holds the rules about secrets, without any. */
    private Path withoutRules() throws IOException {
        Path source = folder.resolve("SecretRules.java");
        Files.writeString(source, """
                package dev.ronde.evidence.redact;
                final class SecretRules {
                    static final java.util.List<Rule> ALL = java.util.List.of();
                }
                """);
        Path classes = Files.createDirectories(folder.resolve("classes"));
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        List.of(
                                        "-proc:none",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        "-d",
                                        classes.toString(),
                                        source.toString())
                                .toArray(String[]::new));
        assertThat(failed).isZero();
        return classes;
    }
}
