package dev.ronde.evidence.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.TestLedger;
import dev.ronde.evidence.ledger.Checkpoint;
import dev.ronde.evidence.ledger.MerkleVerifier;
import dev.ronde.evidence.ledger.SignedNote;
import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.problem.Problem;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnBothDatabases;
import dev.ronde.testing.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnBothDatabases
class SealerTest {
    private final DatabaseKind kind;

    private final Path home;

    @AutoClose
    private TestLedger test;

    SealerTest(DatabaseKind kind, @TempDir Path home) {
        this.kind = kind;
        this.home = home;
        test = new TestLedger(kind, home);
    }

    @Test
    void firstStartMakesKeysAndRecordsThem() {
        test.ledger.seal();
        SealedCheckpoint checkpoint = test.ledger.checkpoint();
        assertThat(checkpoint.treeSize()).as("two keys and the seal").isEqualTo(3);
        SignedNote note = SignedNote.parse(checkpoint.note());
        assertThat(note.isSignedBy(test.ledger.verifierKey())).isTrue();
        assertThat(Checkpoint.parse(note.text()))
                .isEqualTo(new Checkpoint(TestLedger.ORIGIN, 3, checkpoint.rootHash()));
        assertThat(test.ledger.verify().faults()).isEmpty();
    }

    @Test
    void rolledBackWorkLeavesNoEvidence() {
        assertThatThrownBy(() -> test.database.useTransaction(tx -> {
                    test.log.append(tx, Evidence.of("asset.created", Actor.SYSTEM, Subject.of("asset", "web-01")));
                    throw new IllegalStateException("business work failed");
                }))
                .hasMessage("business work failed");
        assertThat(test.ledger.seal()).as("only the two keys").isEqualTo(2);
    }

    @Test
    void everyRecordCanBeProvedAlone() {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            ids.add(test.happened("asset-" + i));
            if (i % 97 == 0) {
                test.ledger.seal();
            }
        }
        for (UUID id : ids.subList(250, 270)) {
            RecordProof proof = test.ledger.proof(id);
            assertThat(MerkleVerifier.includes(
                            proof.leafHash(),
                            proof.index(),
                            proof.checkpoint().treeSize(),
                            proof.path(),
                            proof.checkpoint().rootHash()))
                    .isTrue();
            assertThat(proof.text()).startsWith("c2sp.org/tlog-proof@v1\nindex " + proof.index() + "\n");
        }
        assertThat(test.ledger.verify().faults()).isEmpty();
        assertThatThrownBy(() -> test.ledger.proof(UUID.randomUUID()))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(404));
    }

    @Test
    void aQuietLogSealsOnceAnHour() {
        test.sealed(1);
        long size = test.ledger.checkpoint().treeSize();
        test.clock.advance(Duration.ofMinutes(59));
        test.ledger.seal();
        assertThat(test.ledger.checkpoint().treeSize()).isEqualTo(size);
        test.clock.advance(Duration.ofMinutes(1));
        test.ledger.seal();
        assertThat(test.ledger.checkpoint().treeSize()).isEqualTo(size + 1);
    }

    @Test
    void everyCheckpointIsAppendedToTheFile() throws IOException {
        test.sealed(1);
        test.sealed(2);
        List<String> lines = Files.readAllLines(test.files.checkpoints());
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1))
                .startsWith("2026-03-02T08:00:00Z " + test.ledger.checkpoint().treeSize() + " ")
                .contains("— " + TestLedger.ORIGIN + " ");
    }

    private static LedgerFiles files(String origin, boolean chosen, TestLedger of, Path guard) {
        LedgerFiles files = of.files;
        return new LedgerFiles(
                origin, chosen, files.ledgerKey(), files.exportKey(), guard, files.checkpoints(), files.exports());
    }

    @Test
    void a26ARestoredBackupStopsTheSealingAndSaysSo() {
        test.sealed(5);
        TestLedger older = new TestLedger(kind, home.resolve("other"));
        older.sealed(1);
        older.happened("still recorded");
        Ledger restored = older.open(files(TestLedger.ORIGIN, true, older, test.files.guard()));
        long before = older.ledger.checkpoint().treeSize();
        assertThatThrownBy(restored::seal).isInstanceOf(LedgerBehind.class).hasMessageContaining("went backwards");
        assertThat(restored.alarm()).hasValueSatisfying(text -> assertThat(text).contains("older backup"));
        assertThat(restored.checkpoint().treeSize()).isEqualTo(before);
        assertThat(restored.pending()).as("appends go on").isEqualTo(1);
        assertThat(test.ledger.alarm()).isEmpty();
        older.close();
    }

    @Test
    void anotherHistoryOfTheSameSizeStopsTheSealingToo() {
        test.sealed(5);
        TestLedger other = new TestLedger(kind, home.resolve("other"));
        other.sealed(5);
        other.sealed(5);
        Ledger moved = other.open(files(TestLedger.ORIGIN, true, other, test.files.guard()));
        assertThatThrownBy(moved::seal).isInstanceOf(LedgerBehind.class).hasMessageContaining("another one");
        other.close();
    }

    @Test
    void a27TwoNodesWithEightThreadsSealEachRecordOnce() throws Exception {
        Ledger second = test.open(files(TestLedger.ORIGIN, true, test, home.resolve("node2.guard")));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Object>> work = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Ledger mine = i % 2 == 0 ? test.ledger : second;
            String name = "thread-" + i;
            work.add(() -> {
                for (int n = 0; n < 20; n++) {
                    test.happened(name + "-" + n);
                    mine.seal();
                }
                return true;
            });
        }
        for (Future<Object> done : threads.invokeAll(work)) {
            done.get();
        }
        threads.shutdown();
        LedgerReport report = test.ledger.verify();
        assertThat(report.faults()).isEmpty();
        assertThat(test.ledger.pending()).isZero();
        long checkpoints = Sql.number(test.database, "select count(*) from ledger_checkpoint");
        long seals = Sql.number(test.database, "select count(*) from evidence_record where rec_type = 'ledger.seal'");
        assertThat(report.size()).isEqualTo(160 + 2 + seals);
        assertThat(checkpoints).isLessThanOrEqualTo(seals);
    }

    @Test
    void a28ACrashBetweenCommitAndSignatureIsMadeGoodByTheNextSealer() {
        test.happened("web-01");
        Sealer sealer = new Sealer(
                test.database,
                test.log,
                test.ledger.keys(),
                new LedgerGuard(test.files.guard()),
                new CheckpointFile(test.files.checkpoints()),
                test.clock);
        assertThat(sealer.sealBatch()).isEqualTo(3);
        assertThat(test.files.guard()).doesNotExist();
        test.ledger.seal();
        assertThat(test.ledger.checkpoint().treeSize()).isEqualTo(4);
        assertThat(test.ledger.verify().faults()).isEmpty();
    }

    @Test
    void aForeignOrMissingLedgerKeyRefusesToStart() throws IOException {
        test.sealed(1);
        LedgerFiles foreign = TestLedger.files(home.resolve("foreign"));
        assertThatThrownBy(() -> test.open(foreign))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("missing");
        dev.ronde.evidence.ledger.SigningKey.create(foreign.ledgerKey());
        assertThatThrownBy(() -> test.open(foreign))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(test.ledger.verifierKey().encoded());
        LedgerFiles renamed = files("ronde.example/renamed", true, test, test.files.guard());
        assertThatThrownBy(() -> test.open(renamed)).hasMessageContaining("began as " + TestLedger.ORIGIN);
        LedgerFiles computed = files("container-7f3/main", false, test, test.files.guard());
        assertThat(test.open(computed).verifierKey()).isEqualTo(test.ledger.verifierKey());
    }

    @Test
    void keepsLargeValuesAsAttachmentsAndTextsOutsideTheLeaf() {
        UUID id = test.append(Evidence.of("review.problem", Actor.SYSTEM, Subject.of("review", "REV-1", 2))
                .data("facts", Map.of("banner", "x".repeat(20_000)))
                .priv("comment", "Meine Begründung"));
        String record = String.valueOf(test.ledger.proof(id).json().get("record"));
        assertThat(record)
                .contains("\"factsRef\":\"")
                .contains("\"field\":\"comment\"")
                .doesNotContain("Begr", "xxx");
        assertThat(test.ledger.verify().faults()).isEmpty();
        test.database.useTransaction(tx -> tx.execute("update evidence_private set private_text = 'andere Worte'"));
        assertThat(test.ledger.verify().faults()).singleElement().asString().contains("comment");
    }

    @Test
    void a31TextsWithoutCanonicalFormAreRefusedAndNeverStored() {
        for (String bad : List.of("lone \ud800", "nul \u0000")) {
            assertThatThrownBy(() -> test.append(Evidence.of("asset.created", Actor.SYSTEM, Subject.of("asset", "a"))
                            .data("name", bad)))
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.status()).isEqualTo(400));
        }
        UUID id = test.append(Evidence.of("asset.created", Actor.SYSTEM, Subject.of("asset", "a"))
                .data("name", "cafe\u0301")
                .data("ratio", 0.5)
                .data("big", Long.MAX_VALUE)
                .data("odd", Map.of("a key", 1)));
        assertThat(String.valueOf(test.ledger.proof(id).json().get("record")))
                .contains(
                        "\"name\":\"caf\u00e9\"",
                        "\"ratio\":\"0.5\"",
                        "\"big\":\"9223372036854775807\"",
                        "\"odd\":[{\"name\":\"a key\",\"value\":1}]");
    }

    /** Two nodes under a test clock: one has moved it, the other follows within a second and may seal in between. */
    @Test
    void whatANodeFarAheadRecordedWaitsUntilTheSealCanBeLater() {
        EvidenceLog ahead = new EvidenceLog(() -> test.clock.instant().plus(Duration.ofMinutes(70)), "n2/test");
        EvidenceLog near = new EvidenceLog(() -> test.clock.instant().plus(Duration.ofMinutes(4)), "n3/test");
        test.ledger.seal();
        Evidence happened = Evidence.of("asset.updated", Actor.SYSTEM, Subject.of("asset", "a"));
        UUID far = test.database.inTransaction(tx -> ahead.append(tx, happened));
        test.database.useTransaction(tx -> near.append(tx, happened));
        assertThat(test.ledger.seal()).as("clocks may be minutes apart").isEqualTo(1);
        assertThat(test.ledger.pending()).isEqualTo(1);
        Instant sealedFrom = test.clock.instant().plus(Duration.ofMinutes(65));
        assertThatThrownBy(() -> test.ledger.proof(far)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(409);
            assertThat(problem.code()).isEqualTo("not_sealed");
            assertThat(problem.text())
                    .contains(
                            far + " is not sealed yet",
                            "clock is ahead",
                            "is sealed at " + sealedFrom + ": ask again then");
            assertThat(problem.extra()).containsEntry("sealed_from", sealedFrom);
        });
        test.clock.advance(Duration.ofMinutes(66));
        assertThat(test.ledger.seal()).isEqualTo(1);
        assertThat(test.ledger.proof(far).index())
                .isEqualTo(test.ledger.checkpoint().treeSize() - 2);
        assertThat(test.ledger.verify().faults()).isEmpty();
    }

    @Test
    void sealedRowsRefuseChangeInTheDatabase() {
        test.sealed(1);
        for (String sql : List.of(
                "update evidence_record set outcome = 'pass'",
                "delete from ledger_leaf",
                "delete from ledger_checkpoint")) {
            assertThatThrownBy(() -> test.database.useTransaction(tx -> tx.execute(sql)));
        }
        assertThat(test.ledger.verify().faults()).isEmpty();
    }

    @Test
    void batchesKeepTheirOrder() {
        EvidenceLog log = test.log;
        List<UUID> ids = test.database.inTransaction(tx -> log.appendAll(
                tx,
                List.of(
                        Evidence.of("asset.created", Actor.SYSTEM, Subject.of("asset", "a"))
                                .controls(List.of("nist:CM-6", "iso27001:A.8.9")),
                        Evidence.of("asset.updated", Actor.SYSTEM, Subject.of("asset", "a")),
                        Evidence.of("asset.retired", Actor.SYSTEM, Subject.of("asset", "a")))));
        test.ledger.seal();
        long first = test.ledger.proof(ids.get(0)).index();
        assertThat(test.ledger.proof(ids.get(1)).index()).isEqualTo(first + 1);
        assertThat(test.ledger.proof(ids.get(2)).index()).isEqualTo(first + 2);
        assertThat(test.ledger.verify().faults()).isEmpty();
    }
}
