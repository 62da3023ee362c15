package dev.ronde.evidence.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.DatabaseUrl;
import dev.ronde.platform.db.Migrations;
import dev.ronde.platform.db.RowArrays;
import dev.ronde.platform.time.Ids;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnBothDatabases;
import dev.ronde.testing.RecordedState;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison of many runs: in pages, in little memory. With {@code -Dronde.scale=full} a million, in a heap of 512 MB. */
@OnBothDatabases
@Tag("long")
class StateScaleTest {
    private static final int RUNS = "full".equals(System.getProperty("ronde.scale")) ? 1_000_000 : 3_000;
    private static final int PAIRS = RUNS / 10;
    private static final int BATCH = 1_000;
    private static final UUID ASSET = UUID.fromString("00000000-0000-7000-8000-000000000001");

    private final DatabaseKind kind;
    private int made;

    @TempDir
    private Path folder;

    private final TestClock clock = TestClock.at("2026-01-01T00:00:00Z");

    StateScaleTest(DatabaseKind kind) {
        this.kind = kind;
    }

    private record Made(UUID id, String check, Instant at, UUID recordId) {}

    @Test
    void aMillionRunsAreComparedInPages() {
        try (Database database = open()) {
            EvidenceLog log = new EvidenceLog(clock, "test");
            database.useTransaction(tx -> tx.execute(
                    "insert into asset (id, ref, name, kind, criticality, tags, declared_ports, created_at, updated_at, version)"
                            + " values (?, 'web-1', 'Web', 'host.server', 'high', '[]', '[]', ?, ?, 1)",
                    ASSET,
                    clock.instant(),
                    clock.instant()));
            for (int from = 0; from < RUNS; from += BATCH) {
                database.useTransaction(tx -> make(tx, log));
            }
            database.useTransaction(StateScaleTest::known);
            long started = System.nanoTime();
            StateReport report = RecordedState.compare(database);
            assertThat(report.differences()).singleElement().asString().startsWith("asset web-1: no record");
            assertThat(report.rows()).isEqualTo(RUNS + PAIRS + 1);
            System.out.printf(
                    "{\"compared\":\"%s\",\"runs\":%d,\"pairs\":%d,\"seconds\":%.1f,\"heap_limit_mb\":%d}%n",
                    kind,
                    RUNS,
                    PAIRS,
                    (System.nanoTime() - started) / 1e9,
                    Runtime.getRuntime().maxMemory() >> 20);
        }
    }

    /** H2 in a file, as installations have it: in memory the rows themselves would fill the heap. */
    private Database open() {
        if (kind == DatabaseKind.POSTGRESQL) {
            return Database.open(TestDatabase.migratedUrl(kind), 2);
        }
        DatabaseUrl url = DatabaseUrl.h2File(folder.resolve("ronde"));
        Migrations.migrate(url, null, clock.instant());
        return Database.open(url, 2);
    }

    private void make(Handle tx, EvidenceLog log) {
        List<Evidence> records = new ArrayList<>();
        List<Made> runs = new ArrayList<>();
        for (int count = 0; count < BATCH; count++) {
            clock.advance(Duration.ofSeconds(10));
            Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
            Made run = new Made(Ids.next(clock), "check-" + made++ % PAIRS, at, ASSET);
            runs.add(run);
            records.add(Evidence.of("check.result", Actor.SYSTEM, Subject.of("check", run.check(), 1))
                    .asset("web-1")
                    .data("check", Map.of("id", run.check(), "rev", 1, "sha256", "0".repeat(64)))
                    .data("run", run.id().toString())
                    .data("due", at)
                    .data("startedAt", at)
                    .data("finishedAt", at)
                    .data("freshUntil", at)
                    .data("outcome", "pass")
                    .data("severity", "high")
                    .data("facts", Map.of("certificate", "x".repeat(1_000))));
        }
        List<UUID> ids = log.appendAll(tx, records);
        for (int index = 0; index < ids.size(); index++) {
            Made run = runs.get(index);
            runs.set(index, new Made(run.id(), run.check(), run.at(), ids.get(index)));
        }
        Update insert = tx.createUpdate("""
                insert into check_run (id, asset_id, check_id, check_version, check_sha256, outcome, severity, incomplete, due_at, started_at,
                  finished_at, fresh_until, record_id)
                select c.id, cast(:asset as uuid), c.name, 1, :sha256, 'pass', 'high', false, c.made, c.made, c.made, c.made, c.record
                  from unnest(cast(:ids as uuid array), cast(:checks as varchar array), cast(:times as timestamp(6) with time zone array), cast(:records as uuid array))
                    as c(id, name, made, record)""");
        insert.bind("asset", ASSET).bind("sha256", "0".repeat(64));
        new RowArrays<>(insert, runs)
                .uuid("ids", Made::id)
                .text("checks", Made::check)
                .time("times", Made::at)
                .uuid("records", Made::recordId);
        insert.execute();
    }

    /** What is known of each pair, from its newest run. */
    private static void known(Handle tx) {
        tx.execute("""
                insert into check_state (asset_id, check_id, run_id, outcome, severity, due_at, finished_at, fresh_until)
                select r.asset_id, r.check_id, r.id, r.outcome, r.severity, r.due_at, r.finished_at, r.fresh_until from check_run r
                 where r.due_at = (select max(n.due_at) from check_run n where n.asset_id = r.asset_id and n.check_id = r.check_id)""");
    }
}
