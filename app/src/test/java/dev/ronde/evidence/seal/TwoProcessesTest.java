package dev.ronde.evidence.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.TestLedger;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.DatabaseUrl;
import dev.ronde.platform.db.Migrations;
import dev.ronde.testing.Needs;
import dev.ronde.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A27: two processes with eight threads each append to one PostgreSQL and seal at once. An H2 file belongs to one process alone. */
@Tag("long")
class TwoProcessesTest {
    private static final int NODES = 2;
    private static final int THREADS = 8;
    private static final int BATCHES = 5;

    @TempDir
    Path home;

    @Test
    @Needs("/usr/lib/postgresql")
    void a27TwoProcessesSealEachRecordOnce() throws Exception {
        DatabaseUrl url = TestDatabase.emptyPostgres();
        Migrations.migrate(url, null, Instant.EPOCH);
        InstantSource clock = InstantSource.system();
        try (Database database = Database.open(url, 4)) {
            Ledger ledger = Ledger.open(TestLedger.files(home), database, new EvidenceLog(clock, "first"), clock);
            ledger.seal();
            long before = ledger.checkpoint().treeSize();
            sealTogether(url);
            ledger.seal();
            assertThat(ledger.pending()).isZero();
            LedgerReport report = ledger.verify();
            assertThat(report.faults()).isEmpty();
            long seals = count(database, "select count(*) from evidence_record where rec_type = 'ledger.seal'");
            long own = count(database, "select count(*) from evidence_record where rec_type = 'asset.updated'");
            assertThat(own).isEqualTo(NODES * THREADS * BATCHES * 20L);
            assertThat(report.size()).isGreaterThanOrEqualTo(before + own).isEqualTo(report.records());
            List<Long> indexes = list(database, "select idx from ledger_leaf order by idx");
            assertThat(indexes)
                    .as("contiguous")
                    .isEqualTo(LongStream.range(0, report.size()).boxed().toList());
            List<Long> checkpoints = list(database, "select tree_size from ledger_checkpoint order by tree_size");
            assertThat(checkpoints).as("one a size").doesNotHaveDuplicates().hasSizeLessThanOrEqualTo((int) seals);
            assertThat(checkpoints).as("both nodes have sealed").hasSizeGreaterThan(2);
            assertThat(list(
                            database,
                            "select count(distinct convert_from(payload, 'UTF8')::json ->> 'node')"
                                    + " from evidence_record where rec_type = 'asset.updated'"))
                    .containsExactly((long) NODES);
        }
    }

    private void sealTogether(DatabaseUrl url) throws Exception {
        List<Process> nodes = new ArrayList<>();
        try {
            for (int node = 0; node < NODES; node++) {
                nodes.add(node(url, node));
            }
            for (int node = 0; node < NODES; node++) {
                assertThat(nodes.get(node).waitFor(300, TimeUnit.SECONDS)).isTrue();
                assertThat(nodes.get(node).exitValue())
                        .as(Files.readString(said(node)))
                        .isZero();
            }
        } finally {
            nodes.forEach(Process::destroyForcibly);
        }
    }

    private Process node(DatabaseUrl url, int node) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SealingProcess.class.getName(),
                        home.toString(),
                        url.url(),
                        String.valueOf(url.user()),
                        String.valueOf(url.password()),
                        home.resolve("node-" + node).toString(),
                        Integer.toString(THREADS),
                        Integer.toString(BATCHES))
                .redirectErrorStream(true)
                .redirectOutput(said(node).toFile())
                .start();
    }

    private Path said(int node) {
        return home.resolve("said-" + node + ".txt");
    }

    private static long count(Database database, String sql) {
        return list(database, sql).get(0);
    }

    private static List<Long> list(Database database, String sql) {
        return database.read(handle -> handle.createQuery(sql).mapTo(Long.class).list());
    }
}
