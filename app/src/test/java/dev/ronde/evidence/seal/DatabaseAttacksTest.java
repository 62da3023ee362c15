package dev.ronde.evidence.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.TestLedger;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnBothDatabases;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator of the database can do to it, and what the nightly pass says (evidence.md, attacks). */
@OnBothDatabases
class DatabaseAttacksTest {
    private final DatabaseKind kind;

    @AutoClose
    private final TestLedger test;

    private final UUID victim;
    private final long index;

    DatabaseAttacksTest(DatabaseKind kind, @TempDir Path home) {
        this.kind = kind;
        test = new TestLedger(kind, home);
        test.sealed(3);
        victim = test.append(Evidence.of("check.result", Actor.SYSTEM, Subject.of("check", "redis-auth"))
                .asset("redis-1")
                .data("outcome", "fail")
                .attach("answer.txt", "text/plain", "PONG".getBytes(StandardCharsets.UTF_8)));
        test.sealed(3);
        index = test.ledger.proof(victim).index();
        assertThat(test.ledger.verify().faults()).isEmpty();
    }

    @Test
    void a01EditedPayload() {
        test.forge("update evidence_record set payload = " + bytes("7b7d") + " where rec_id = '" + victim + "'");
        assertFault("index " + index, "not the one that was sealed");
    }

    @Test
    void a02EditedColumnIsNamedWithItsRecord() {
        test.forge("update evidence_record set outcome = 'pass' where rec_id = '" + victim + "'");
        assertFault(victim.toString(), "searchable column");
        assertThat(String.valueOf(test.ledger.proof(victim).json().get("record")))
                .contains("\"outcome\":\"fail\"");
    }

    @Test
    void a02AnEmptyColumnFilledWithTheWordForItIsFoundByTheNextPassOfTheSameProcess() {
        test.forge("update evidence_record set check_id = 'null' where check_id is null");
        assertFault("searchable column");
    }

    @Test
    void a03EditedPayloadWithItsHashes() {
        String record = String.valueOf(test.ledger.proof(victim).json().get("record"));
        byte[] edited = record.replace("\"fail\"", "\"pass\"").getBytes(StandardCharsets.UTF_8);
        String hash = Hash.leaf(edited).hex();
        test.forge("update evidence_record set outcome = 'pass', payload = "
                + bytes(HexFormat.of().formatHex(edited)) + ", leaf_hash = " + bytes(hash) + " where rec_id = '"
                + victim + "'");
        test.forge("update ledger_leaf set leaf_hash = " + bytes(hash) + " where idx = " + index);
        assertFault("root", "does not follow");
    }

    @Test
    void a04DeletedRecordWithItsLeafRenumbered() {
        test.forge("delete from evidence_record where rec_id = '" + victim + "'");
        test.forge(
                "delete from ledger_leaf where idx = " + index,
                "update ledger_leaf set idx = -idx where idx > " + index,
                "update ledger_leaf set idx = -idx - 1 where idx < 0");
        assertFault("leaf", "missing");
    }

    @Test
    void a05DeletedPayloadOnly() {
        test.forge("delete from evidence_record where rec_id = '" + victim + "'");
        assertFault("index " + index, "the record is missing");
    }

    @Test
    void a06SwappedLeaves() {
        test.forge(
                "update ledger_leaf set idx = -1 where idx = " + index,
                "update ledger_leaf set idx = " + index + " where idx = " + (index + 1),
                "update ledger_leaf set idx = " + (index + 1) + " where idx = -1");
        assertFault("root", "does not follow");
    }

    @Test
    void a07RecordInsertedInThePast() {
        UUID late = test.happened("invented");
        test.ledger.seal();
        long end = test.ledger.proof(late).index();
        test.forge(
                "update ledger_leaf set idx = -1 where idx = " + end,
                "update ledger_leaf set idx = -idx - 2 where idx >= " + index,
                "update ledger_leaf set idx = " + index + " where idx = -1",
                "update ledger_leaf set idx = -idx - 1 where idx < 0");
        assertFault("root", "does not follow");
    }

    @Test
    void a07RecordBesideTheLogIsFoundThoughASealedOneIsMadeToWaitInItsPlace() {
        UUID beside = test.happened("invented");
        test.forge(
                "delete from ledger_pending where rec_id = '" + beside + "'",
                "insert into ledger_pending (rec_id) values ('" + victim + "')");
        assertFault(beside.toString(), "neither in the log nor waiting");
    }

    @Test
    void a08TailCutOff() {
        SealedCheckpoint old = test.ledger.checkpoint();
        test.sealed(4);
        test.forge("delete from ledger_leaf where idx >= " + old.treeSize());
        test.forge("update ledger_head set tree_size = " + old.treeSize() + ", root_hash = "
                + bytes(old.rootHash().hex()) + "");
        assertFault("checkpoint", "larger than the log");
        test.forge("delete from ledger_checkpoint where tree_size > " + old.treeSize());
        assertThat(test.ledger.verify().faults())
                .as("the records outside the log remain")
                .isNotEmpty();
        assertThat(test.ledger.alarm()).as("the guard file remembers").isPresent();
        assertThat(test.ledger.verify().faults().get(0)).contains("went backwards");
        assertThatThrownBy(test.ledger::seal).isInstanceOf(LedgerBehind.class);
        assertThat(test.ledger.checkpoint().treeSize())
                .as("no checkpoint of the cut log")
                .isEqualTo(old.treeSize());
    }

    @Test
    void a15SwappedAttachment() {
        test.forge("update evidence_blob set content = " + bytes("4f4b"));
        assertFault("index " + index, "attachment");
    }

    @Test
    void editedCheckpointsAndSubtreesAreFound() {
        test.sealed(300);
        test.forge("update ledger_node set hash = " + bytes(Hash.EMPTY.hex()) + "");
        assertFault("level 8", "do not follow");
        test.forge("update ledger_checkpoint set root_hash = " + bytes(Hash.EMPTY.hex()) + " where tree_size > 5");
        assertFault("checkpoint", "does not follow");
    }

    private String bytes(String hex) {
        return kind == DatabaseKind.H2 ? "X'" + hex + "'" : "'\\x" + hex + "'";
    }

    private void assertFault(String... parts) {
        assertThat(test.ledger.verify().faults())
                .anySatisfy(fault -> assertThat(fault).contains(parts));
    }
}
