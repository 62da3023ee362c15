package dev.ronde.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.Terminal;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a mail server hears from its pipe: 0 once a message is stored, and “try again” for whatever keeps it from being stored. */
final class MailIngestCommandTest {
    private static final String MAIL = "From: a@corp.example\r\nMessage-ID: <m1@corp.example>\r\n\r\ndone\r\n";
    private static final int TRY_AGAIN = 75;

    @TempDir
    Path folder;

    private Terminal.Run ingest(Map<String, String> environment) {
        return Terminal.run(environment, MAIL, "mail", "ingest", "-q");
    }

    private Path home() {
        return Terminal.migrated(folder.resolve("home"));
    }

    @Test
    void storesAMessageInAHome() {
        assertThat(ingest(Map.of("RONDE_HOME", home().toString())).code()).isZero();
    }

    @Test
    void makesNoHome() throws IOException {
        Path missing = folder.resolve("typo");
        Path unmounted = Files.createDirectory(folder.resolve("unmounted"));
        Path other = Files.createDirectories(folder.resolve("exports"));
        Files.writeString(other.resolve("evidence.zip"), "not a home");
        for (Path home : new Path[] {missing, unmounted, other}) {
            Terminal.Run run = ingest(Map.of("RONDE_HOME", home.toString()));
            assertThat(run.code()).isEqualTo(TRY_AGAIN);
            assertThat(run.err()).contains("There is no home at " + home).contains("ronde serve");
        }
        assertThat(missing).doesNotExist();
        assertThat(unmounted).isEmptyDirectory();
    }

    @Test
    void asksToTryAgainWhereTheDatabaseIsHeldOrDown() throws IOException {
        Path home = home();
        Path file;
        try (var files = Files.walk(home)) {
            file = files.filter(path -> path.toString().endsWith(".mv.db"))
                    .findFirst()
                    .orElseThrow();
        }
        try (FileChannel held = FileChannel.open(file, StandardOpenOption.WRITE)) {
            assertThat(held.lock().isValid()).isTrue();
            assertThat(ingest(Map.of("RONDE_HOME", home.toString())).code()).isEqualTo(TRY_AGAIN);
        }
        assertThat(ingest(Map.of(
                                "RONDE_HOME",
                                home.toString(),
                                "RONDE_DB_URL",
                                "jdbc:postgresql://127.0.0.1:1/ronde",
                                "RONDE_DB_USER",
                                "ronde",
                                "RONDE_DB_PASSWORD",
                                "x"))
                        .code())
                .isEqualTo(TRY_AGAIN);
    }

    @Test
    void asksToTryAgainWhereNoServerAnswersOrASettingIsWrong() {
        String home = home().toString();
        String nobody = "http://127.0.0.1:1";
        assertThat(ingest(Map.of("RONDE_HOME", home, "RONDE_URL", nobody, "RONDE_TOKEN", "ronde_x"))
                        .code())
                .isEqualTo(TRY_AGAIN);
        assertThat(ingest(Map.of("RONDE_HOME", home, "RONDE_URL", nobody)).code())
                .isEqualTo(TRY_AGAIN);
        assertThat(ingest(Map.of("RONDE_HOME", home, "RONDE_MAIL_POLICY", "loose"))
                        .code())
                .isEqualTo(TRY_AGAIN);
    }

    @Test
    void asksToTryAgainWhereTheProgramFails() {
        Launcher broken = Terminal.always(settings -> {
            throw new IllegalStateException("broken");
        });
        Map<String, String> environment = Map.of("RONDE_HOME", home().toString());
        assertThat(Terminal.run(broken, new TestClock(), environment, MAIL, "mail", "ingest")
                        .code())
                .isEqualTo(TRY_AGAIN);
    }

    @Test
    void wrongUsageIsWrongUsage() {
        Map<String, String> environment = Map.of("RONDE_HOME", home().toString());
        assertThat(Terminal.run(environment, "", "mail", "ingest").code()).isEqualTo(CommandFailed.USAGE);
        assertThat(Terminal.run(environment, MAIL, "mail", "ingest", "--what").code())
                .isEqualTo(CommandFailed.USAGE);
        assertThat(Terminal.run(environment, "", "mail", "ingest", "--help").out())
                .contains("75")
                .contains("EX_TEMPFAIL");
    }
}
