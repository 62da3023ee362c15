package dev.ronde.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands print is UTF-8 where there is no locale: under cron, in a service, in a bare container. */
final class WithoutLocaleTest {
    @TempDir
    Path folder;

    @Test
    void withoutALocaleNoLetterIsLost() throws IOException {
        Files.writeString(
                folder.resolve("ronde.properties"), "RONDE_MAIL_FROM=Sécurité – équipe <ronde@example.org>\n");
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.ronde.Main",
                "config",
                "show",
                "--output",
                "csv");
        command.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.startsWith("RONDE_"));
        command.environment().putAll(Map.of("LANG", "C", "RONDE_HOME", folder.toString()));
        byte[] printed = command.redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .getInputStream()
                .readAllBytes();
        assertThat(new String(printed, StandardCharsets.UTF_8)).contains("Sécurité – équipe");
    }

    /** A full disk must not leave half a file behind a good exit code; a reader that has enough is no fault. */
    @Test
    @Needs("/dev/full")
    void whatCannotBeWrittenIsSaid(@TempDir Path folder) throws Exception {
        Path full = Path.of("/dev/full");
        Process process = version(folder).redirectOutput(full.toFile()).start();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(1);
        assertThat(said).contains("stdout cannot be written");

        Process left = version(folder).start();
        left.getInputStream().close();
        assertThat(new String(left.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(left.waitFor()).isZero();
    }

    private static ProcessBuilder version(Path folder) {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.ronde.Main",
                "version");
        command.environment().keySet().removeIf(name -> name.startsWith("RONDE_"));
        command.environment().put("RONDE_HOME", folder.toString());
        return command;
    }
}
