package dev.ronde.evidence.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.TestLedger;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.DatabaseUrl;
import dev.ronde.platform.db.Dialect;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnBothDatabases;
import dev.ronde.testing.Terminal;
import dev.ronde.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A28: kill −9 of a process in the middle of sealing, again and again; whoever comes next finds a log that verifies. */
@Tag("long")
@OnBothDatabases
class SealKillTest {
    private static final int KILLS = "full".equals(System.getProperty("ronde.scale")) ? 4 : 2;

    private final DatabaseKind kind;
    private final Random random = new Random(20191205L);

    @TempDir
    Path home;

    SealKillTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @Test
    void a28KilledWhileSealingTheLogVerifiesAndLosesNothing() throws Exception {
        DatabaseUrl url = kind == DatabaseKind.H2
                ? DatabaseUrl.h2File(Terminal.migrated(home).resolve("ronde"))
                : TestDatabase.migratedUrl(kind);
        long promised = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            promised += appendedUntilKilled(url);
            InstantSource clock = InstantSource.system();
            try (Database database = Database.open(url, 4)) {
                Ledger ledger = Ledger.open(TestLedger.files(home), database, new EvidenceLog(clock, "next"), clock);
                LedgerReport found = ledger.verify();
                assertThat(found.faults()).as("kill " + kill).isEmpty();
                ledger.seal();
                assertThat(ledger.alarm()).isEmpty();
                assertThat(ledger.pending()).isZero();
                LedgerReport sealed = ledger.verify();
                assertThat(sealed.faults()).as("kill " + kill).isEmpty();
                assertThat(sealed.size()).isEqualTo(ledger.checkpoint().treeSize());
                assertThat(sealed.records()).as("every committed record").isGreaterThan(promised);
            }
        }
    }

    /** Returns how many records the process said it had committed when it died. */
    private long appendedUntilKilled(DatabaseUrl url) throws IOException, InterruptedException {
        String java = ProcessHandle.current().info().command().orElse("java");
        Path said = Files.createTempFile(home, "said", ".txt");
        Process process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        SealingProcess.class.getName(),
                        home.toString(),
                        url.url(),
                        url.dialect() == Dialect.H2 ? "" : String.valueOf(url.user()),
                        url.dialect() == Dialect.H2 ? "" : String.valueOf(url.password()),
                        TestLedger.files(home).guard().toString(),
                        "1",
                        Integer.toString(Integer.MAX_VALUE))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        for (int wait = 0; appended(said) == 0 && process.isAlive() && wait < 6_000; wait++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        TimeUnit.MILLISECONDS.sleep(random.nextInt(1_500));
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(appended(said)).as("it had begun to seal").isPositive();
        assertThat(process.exitValue()).as("it was killed").isNotZero();
        return appended(said);
    }

    private static long appended(Path said) throws IOException {
        try (Stream<String> lines = Files.lines(said)) {
            return lines.filter(line -> line.matches("appended [0-9]+"))
                    .mapToLong(line -> Long.parseLong(line.substring(9)))
                    .max()
                    .orElse(0);
        }
    }
}
