package dev.ronde.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.TestLedger;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.Merkle;
import dev.ronde.evidence.ledger.RangeProof;
import dev.ronde.evidence.ledger.SigningKey;
import dev.ronde.evidence.ledger.VerifierKey;
import dev.ronde.evidence.seal.StoredTree;
import dev.ronde.evidence.verify.EvidenceVerify;
import dev.ronde.testing.DatabaseKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be done to a bundle, by whom, and the exit code that catches it (evidence.md, attacks). */
@Tag("long")
class BundleAttacksTest {
    @TempDir
    static Path shared;

    /** The ledger whose bundle most attacks begin with, and that bundle; nothing changes either. */
    private static BundleFixture untouched;

    private static Path honest;

    @TempDir
    Path home;

    private BundleFixture fixture;
    private Path folder;
    private Path records;
    private Path index;

    @BeforeAll
    static void makeOne() {
        untouched = new BundleFixture(DatabaseKind.H2, shared).lived();
        honest = untouched.zip(BundleFixture.MARCH);
        assertThat(untouched.verify(honest).exitCode()).isZero();
    }

    @AfterAll
    static void closeIt() {
        untouched.close();
    }

    @BeforeEach
    void open() {
        use(untouched, honest);
    }

    @AfterEach
    void close() {
        if (fixture != untouched) {
            fixture.close();
        }
    }

    private void use(BundleFixture ledger, Path zip) {
        fixture = ledger;
        folder = BundleFixture.unpack(zip, home.resolve(ledger == untouched ? "out" : "own"));
        records = folder.resolve("data/records.jsonl");
        index = folder.resolve("ledger/index.csv");
    }

    /** For an attack on the ledger itself. */
    private void useAnother() {
        BundleFixture another = new BundleFixture(DatabaseKind.H2, home).lived();
        use(another, another.zip(BundleFixture.MARCH));
    }

    @Test
    void a01OneByteOfARecord() {
        BundleFixture.write(records, BundleFixture.read(records).replaceFirst("\"fail\"", "\"pass\""));
        assertCode(10, "data/records.jsonl is missing or was changed");
        BundleFixture.sum(folder);
        assertCode(11, "is not signed by keys/export.pub.pem");
        fixture.sumAndSign(folder);
        assertCode(14, "is not the record sealed at index");
    }

    @Test
    void a02AnEditedColumnChangesNoExport() {
        useAnother();
        fixture.test.asAdministrator("evidence_record", "update evidence_record set outcome = 'pass'");
        Path again = BundleFixture.unpack(fixture.zip(BundleFixture.MARCH), home.resolve("again"));
        assertThat(BundleFixture.lines(again.resolve("population/expected_vs_actual.csv"))
                        .get(1))
                .contains(",fail,");
        assertThat(fixture.verify(again).exitCode()).isZero();
    }

    @Test
    void a03ARecordWithItsLeafHash() {
        List<String> lines = BundleFixture.lines(records);
        int line = find(lines, "\"outcome\":\"fail\"");
        String old = leaf(lines.get(line));
        lines.set(line, lines.get(line).replace("\"fail\"", "\"pass\""));
        BundleFixture.write(records, lines);
        BundleFixture.write(index, BundleFixture.read(index).replace(old, leaf(lines.get(line))));
        fixture.sumAndSign(folder);
        assertCode(15, "do not lead to the root");
    }

    @Test
    void a04ARecordAndItsLeafTakenOutAndRenumbered() {
        List<String> lines = BundleFixture.lines(records);
        String gone = leaf(lines.remove(find(lines, "\"outcome\":\"fail\"")));
        BundleFixture.write(records, lines);
        List<String> rows = BundleFixture.lines(index);
        rows.removeIf(row -> row.contains(gone));
        renumber(rows);
        edit("ledger/range-proof.json", "\"b\":" + (rows.size()), "\"b\":" + (rows.size() - 1));
        fixture.sumAndSign(folder);
        assertCode(13, "manifest.json says the range is from 0 to");
        count("until", -1);
        fixture.sumAndSign(folder);
        assertCode(13, "discloses");
        count("disclosed", -1);
        count("leaves", -1);
        fixture.sumAndSign(folder);
        assertCode(15, "root");
    }

    @Test
    void a05OnlyTheTextOfARecord() {
        List<String> lines = BundleFixture.lines(records);
        lines.remove(find(lines, "\"outcome\":\"fail\""));
        BundleFixture.write(records, lines);
        fixture.sumAndSign(folder);
        assertCode(14, "is not the record sealed at index");
    }

    @Test
    void a06TwoLeavesSwapped() {
        List<String> lines = BundleFixture.lines(records);
        int line = find(lines, "\"outcome\":\"fail\"");
        String one = leaf(lines.get(line));
        String two = leaf(lines.get(line + 1));
        Collections.swap(lines, line, line + 1);
        BundleFixture.write(records, lines);
        BundleFixture.write(
                index,
                BundleFixture.read(index)
                        .replace(one, "x")
                        .replace(two, one)
                        .replace("x", two)
                        .replace("inde" + two, "index"));
        fixture.sumAndSign(folder);
        assertCode(15, "root");
    }

    @Test
    void a07ARecordPutIntoThePast() {
        List<String> lines = BundleFixture.lines(records);
        int line = find(lines, "\"outcome\":\"fail\"");
        List<String> rows = BundleFixture.lines(index);
        int row = find(rows, leaf(lines.get(line)));
        String invented = lines.get(line).replace("\"fail\"", "\"pass\"");
        lines.add(line, invented);
        rows.add(row, "0," + leaf(invented) + ",check.result,1");
        BundleFixture.write(records, lines);
        renumber(rows);
        edit("ledger/range-proof.json", "\"b\":" + (rows.size() - 2), "\"b\":" + (rows.size() - 1));
        edit("manifest.json", "\"disclosed\":" + (lines.size() - 1), "\"disclosed\":" + lines.size());
        fixture.sumAndSign(folder);
        assertCode(13, "manifest.json says the range is from 0 to");
        count("until", 1);
        count("leaves", 1);
        fixture.sumAndSign(folder);
        assertCode(15, "do not lead to the root");
    }

    @Test
    void a08A24AnOldBundleOrACutLogIsBehindTheAuditorsCheckpoint() {
        useAnother();
        Path newer = fixture.checkpointFile(home);
        assertThat(fixture.verify(folder, newer).exitCode())
                .as("taken after the export")
                .isEqualTo(16);
        assertThat(fixture.verify(folder, newer).lines())
                .anyMatch(line -> line.contains("old bundle, or the log was cut"));
    }

    @Test
    void a09A25AnotherHistoryUnderTheSameKeyIsCaughtByAHeldCheckpoint() {
        useAnother();
        Path held = fixture.checkpointFile(home);
        BundleFixture other = new BundleFixture(DatabaseKind.H2, copyOfKeys());
        assertThat(other.vkey()).isEqualTo(fixture.vkey());
        other.lived().test.sealed(3);
        Path forked = other.zip(BundleFixture.MARCH);
        assertThat(other.verify(forked).exitCode())
                .as("perfect for who holds no checkpoint")
                .isZero();
        EvidenceVerify.Result result = fixture.verify(forked, held);
        assertThat(result.exitCode()).isEqualTo(16);
        assertThat(result.lines()).anyMatch(line -> line.contains("another root than your checkpoint"));
        other.close();
    }

    @Test
    void a11RecordsAfterTheLastHeldCheckpointAreReportedAsUnanchored() {
        EvidenceVerify.Result result = fixture.verify(folder);
        assertThat(result.lines()).anyMatch(line -> line.contains("UNANCHORED"));
        assertThat(EvidenceVerify.verify(new EvidenceVerify.Request(folder, fixture.vkey(), List.of(), true))
                        .exitCode())
                .isEqualTo(17);
        assertThat(result.lines())
                .startsWith("anchored to 0 of " + size(result) + " records")
                .endsWith("VERIFIED, NOT ANCHORED");
    }

    /** Nobody but the auditor holds anything; what the operator makes verifies by itself. */
    @Test
    void a10AHistoryRewrittenWithBothKeysIsCaughtByASavedMailAlone() {
        useAnother();
        String note = fixture.test.ledger.checkpoint().note();
        Path mail = BundleFixture.write(
                home.resolve("Checkpoint.eml"),
                "Date: Mon, 20 Apr 2026 08:01:00 +0000\nContent-Type: text/plain; charset=utf-8\n"
                        + "Content-Transfer-Encoding: quoted-printable\n\nKeep this mail.\n"
                        + note.replace("=", "=3D").replace("\u2014", "=E2=80=94") + "\n");
        EvidenceVerify.Result honest = demand(fixture.zip(BundleFixture.MARCH), mail);
        assertThat(honest.exitCode()).isZero();
        assertThat(honest.lines())
                .startsWith("anchored to 19 of 19 records by Checkpoint.eml on 2026-04-20")
                .endsWith("VERIFIED");
        String signature = note.split("\n")[4];
        char bit = signature.charAt(signature.length() - 20);
        String broken = note.replace(
                signature,
                signature.substring(0, signature.length() - 20)
                        + (bit == 'A' ? 'B' : 'A')
                        + signature.substring(signature.length() - 19));
        Path unsigned = BundleFixture.write(home.resolve("unsigned.txt"), broken);
        assertThat(demand(fixture.zip(BundleFixture.MARCH), unsigned).lines())
                .as("who reads leniently believes signatures alone")
                .anyMatch(line -> line.startsWith("NOT VERIFIED, exit code 16"))
                .anyMatch(line -> line.startsWith("anchored to 0 of "));
        Path both = BundleFixture.write(home.resolve("both.txt"), broken.replace("\n19\n", "\n18\n") + "\n" + note);
        assertThat(fixture.verify(fixture.zip(BundleFixture.MARCH), both).lines())
                .anyMatch(line -> line.startsWith("anchored to 19 of "));
        fixture.test.sealed(1);
        EvidenceVerify.Result later = demand(fixture.zip(BundleFixture.MARCH), mail);
        assertThat(later.exitCode()).as("the mail is older than the export").isEqualTo(17);
        assertThat(later.lines())
                .startsWith("anchored to 19 of " + size(later) + " records by Checkpoint.eml on 2026-04-20");
        BundleFixture other = new BundleFixture(DatabaseKind.H2, copyOfKeys());
        other.lived().test.sealed(3);
        Path rewritten = other.zip(BundleFixture.MARCH);
        assertThat(fixture.verify(rewritten).lines()).endsWith("VERIFIED, NOT ANCHORED");
        assertThat(fixture.verify(rewritten, mail).exitCode()).isEqualTo(16);
        other.close();
    }

    private EvidenceVerify.Result demand(Path bundle, Path... held) {
        return EvidenceVerify.verify(new EvidenceVerify.Request(bundle, fixture.vkey(), List.of(held), false, true));
    }

    private static Object size(EvidenceVerify.Result result) {
        return ((Map<?, ?>) result.about().get("anchored")).get("of");
    }

    @Test
    void a15ASwappedAttachment() throws IOException {
        try (var files = Files.list(folder.resolve("data/blobs"))) {
            BundleFixture.write(files.findFirst().orElseThrow(), "[3]");
        }
        assertCode(10, "data/blobs/");
        fixture.sumAndSign(folder);
        assertCode(20, "not the attachment its name says");
    }

    @Test
    void a21AFilteredExport() {
        List<String> rows = BundleFixture.lines(index);
        List<String> lines = BundleFixture.lines(records);
        int line = find(lines, "\"outcome\":\"fail\"");
        int row = find(rows, leaf(lines.get(line)));
        lines.remove(line);
        BundleFixture.write(records, lines);
        rows.set(row, rows.get(row).replaceAll(",[0-9]+$", ","));
        BundleFixture.write(index, rows);
        fixture.sumAndSign(folder);
        assertCode(13, "points to line");
        rows.remove(row);
        BundleFixture.write(index, rows);
        fixture.sumAndSign(folder);
        assertCode(13, "is missing or doubled");
    }

    @Test
    void a21AWithheldRecordThatTheScopeCoversChangesTheTables() {
        hide("\"outcome\":\"fail\"");
        count("disclosed", -1);
        count("withheld", 1);
        count("count", 1);
        fixture.sumAndSign(folder);
        assertCode(21, "does not follow from the records");
    }

    /** No table is made from this record, so only what manifest.json counts gives away that it is hidden. */
    @Test
    void a21AHiddenLeafMustBeCountedAndExplained() throws Exception {
        hide("\"type\":\"key.added\"");
        fixture.sumAndSign(folder);
        assertCode(13, "leaves and discloses");
        count("disclosed", -1);
        fixture.sumAndSign(folder);
        assertCode(13, "withheld=1");
        count("withheld", 1);
        new Forger(fixture, folder).remake();
        assertCode(24, "index 0 (key.added) is withheld");
        assertCode(
                24, "manifest.json says {outside the period=1} is withheld, by the seals it is {outside the period=2}");
        count("count", 1);
        edit(
                "manifest.json",
                "\"omissions\":[",
                "\"omissions\":[{\"count\":7,\"what\":\"records\",\"why\":\"not sealed: no key\"},");
        new Forger(fixture, folder).remake();
        assertCode(24, "index 0 (key.added) is withheld");
        count("leaves", 1);
        fixture.sumAndSign(folder);
        assertCode(13, "leaves and discloses");
    }

    @Test
    void a22AnEditedTable() {
        Path table = folder.resolve("population/expected_vs_actual.csv");
        BundleFixture.write(table, BundleFixture.read(table).replace(",fail,", ",pass,"));
        assertCode(10, "expected_vs_actual.csv");
        fixture.sumAndSign(folder);
        assertCode(21, "expected_vs_actual.csv does not follow");
    }

    /** The verifier writes every table again with code of its own, so one cell is enough. */
    @Test
    void a22AnEditedCellOfAnyTable() {
        doctored("expected_vs_actual.csv", ",fail,", ",pass,");
        doctored("expected_vs_actual.csv", "missed", "pass");
        doctored("assets.csv", ",active,", ",retired,");
        doctored("checks.csv", ",high,", ",low,");
        doctored("reviews.csv", ",no_change,", ",problem,");
        doctored("reviews.csv", "Looked at everything", "Looked at nothing");
        doctored("upcoming.csv", "approval\n", "approval\nREV-9\n");
        doctored("exceptions.csv", "1 runs", "0 runs");
        doctored("gaps.csv", "sealing_stopped", "server_stopped");
        doctored("completeness.csv", "run.missed,2026-03,1,1,1,0,", "run.missed,2026-03,0,0,0,0,");
        doctored("reviews.csv", "Old client until the migration", "Nothing to see");
        doctored("exposure.csv", "\n", "\nFND-1,redis-1,redis-auth\n");
        doctored("waivers.csv", "\n", "\nWVR-1,redis-1,redis-auth\n");
    }

    /** The report sums the tables up, and is what people read: it is made again, as are the words on how to verify. */
    @Test
    void a22AnEditedReportOrInstruction() {
        for (String[] edit : List.of(
                new String[] {"reports/report.html", "<td class=\"count\">1</td>", "<td class=\"count\">0</td>"},
                new String[] {"reports/report.html", "node down", "node up"},
                new String[] {"VERIFY.md", "The first failing step decides.", "Code 21 is good."},
                new String[] {"README.txt", "one row for every check run", "one row for a check run"},
                new String[] {"tools/Verify.java", "code = e.code;", "code = 0;"})) {
            refused(21, edit[0] + " does not follow from the records", edit[0], edit[1], edit[2]);
        }
        refused(
                21,
                "another time of the last seal",
                "manifest.json",
                "\"sealedAt\":\"2026-04",
                "\"sealedAt\":\"2026-03");
    }

    /** Who says nothing, or something else, of what the report was made from must not get away with a warning. */
    @Test
    void a22AnEditedReportBehindAnEditedOrAMissingSource() {
        edit("reports/report.html", "<td class=\"count\">1</td>", "<td class=\"count\">0</td>");
        for (String texts : List.of("\"texts\":\"0000\"", "\"texts\":\"\"")) {
            stated(21, "but under texts not what that version makes", "\"texts\":\"[0-9a-f]+\"", texts);
        }
        stated(
                21,
                "manifest.json names Ronde 0.0.9, but under texts not",
                "\"version\":\"[^\"]+\"",
                "\"version\":\"0.0.9\"");
    }

    @Test
    void aReportOfAnotherVersionIsNotComparedAndSaidToBe() {
        Path manifest = folder.resolve("manifest.json");
        BundleFixture.write(
                manifest,
                BundleFixture.read(manifest)
                        .replaceFirst("\"texts\":\"[0-9a-f]{4}", "\"texts\":\"0000")
                        .replaceFirst("\"version\":\"[^\"]+\"", "\"version\":\"0.0.9\""));
        fixture.sumAndSign(folder);
        assertCode(0, "NOT COMPARED: README.txt, VERIFY.md, the papers in reports/");
        assertThat(EvidenceVerify.verify(new EvidenceVerify.Request(
                                folder, fixture.vkey(), List.of(fixture.checkpointFile(home)), true))
                        .exitCode())
                .as("--strict")
                .isNotZero();
        edit("manifest.json", "\"treeSize\":1", "\"treeSize\":2");
        fixture.sumAndSign(folder);
        assertCode(21, "manifest.json names another log, tree size or root");
    }

    @Test
    void theKeyToVerifyWithByHandIsTheLogsOwn() throws Exception {
        BundleFixture.write(
                folder.resolve("keys/log.pub.pem"),
                SigningKey.create(home.resolve("mine.key")).verifierKey("x").pem());
        fixture.sumAndSign(folder);
        assertCode(12, "keys/log.pub.pem is another key");
    }

    /** The key that is shown must have signed too, not only look the same in both files. */
    @Test
    void anotherKeyInBothOfItsFiles() throws Exception {
        VerifierKey mine = SigningKey.create(home.resolve("mine.key"))
                .verifierKey(fixture.test.ledger.verifierKey().name());
        BundleFixture.write(folder.resolve("keys/log.vkey"), mine.encoded() + "\n");
        BundleFixture.write(folder.resolve("keys/log.pub.pem"), mine.pem());
        fixture.sumAndSign(folder);
        assertCode(12, "the checkpoint is not signed by keys/log.vkey");
    }

    /** Every place moved by one, in the manifest and the index alike: only the proof still says where they were. */
    @Test
    void a07TheWholeRangeMovedElsewhere() {
        List<String> rows = BundleFixture.lines(index);
        int leaves = rows.size() - 1;
        for (int i = 1; i <= leaves; i++) {
            rows.set(i, i + rows.get(i).substring(rows.get(i).indexOf(',')));
        }
        BundleFixture.write(index, rows);
        edit(
                "manifest.json",
                "\"range\":{\"from\":0,\"until\":" + leaves + "}",
                "\"range\":{\"from\":1,\"until\":" + (leaves + 1) + "}");
        fixture.sumAndSign(folder);
        assertCode(13, "manifest.json says the range is from 1");
    }

    /** A part after a gap belongs to no table that is read to its end, unless somebody looks for it. */
    @Test
    void a22RowsInAPartAfterAGap() throws IOException {
        for (String path : List.of("population/assets.csv", "population/expected_vs_actual.csv")) {
            List<String> rows = BundleFixture.lines(folder.resolve(path));
            Path part = folder.resolve(path + ".part0009");
            BundleFixture.write(part, List.of(rows.get(0), rows.get(1)));
            fixture.sumAndSign(folder);
            assertCode(21, path);
            assertThat(part.toFile().delete()).isTrue();
        }
        BundleFixture.write(folder.resolve("population/checks.csv.part0002"), "");
        fixture.sumAndSign(folder);
        assertCode(21, "a part of population/checks.csv does not begin with its header");
        Files.delete(folder.resolve("population/checks.csv.part0002"));
        BundleFixture.write(folder.resolve("data/records.jsonl.part0009"), "{}\n");
        fixture.sumAndSign(folder);
        assertCode(14, "");
    }

    /** What the manifest says of the log and of what is missing; reports repeat it. */
    @Test
    void aManifestThatSaysOtherwiseThanTheBundle() {
        stated(21, "", "\"origin\":\"[^\"]+\"", "\"origin\":\"ronde.example/other\"");
        stated(21, "", "\"treeSize\":[0-9]+", "\"treeSize\":99");
        stated(21, "", "\"root\":\"[0-9a-f]{4}", "\"root\":\"0000");
        stated(21, "", "\"demonstration\":false", "\"demonstration\":true");
    }

    @Test
    void aTextLeftOut() {
        Path texts = folder.resolve("data/private.jsonl");
        List<String> lines = BundleFixture.lines(texts);
        lines.removeIf(line -> line.contains("Looked at everything"));
        BundleFixture.write(texts, lines);
        fixture.sumAndSign(folder);
        assertCode(20, "data/private.jsonl lacks texts of record ");
    }

    @Test
    void aMovedTestClockThatTheManifestHides() {
        useAnother();
        fixture.test.clock.set(java.time.Instant.parse("2026-04-21T08:00:00Z"));
        fixture.test.append(Evidence.of("clock.moved", Actor.SYSTEM, Subject.of("installation", "i"))
                .data("from", java.time.Instant.parse("2026-03-02T08:00:00Z"))
                .data("to", fixture.test.clock.instant())
                .occurredAt(java.time.Instant.parse("2026-03-03T08:00:00Z")));
        fixture.test.ledger.seal();
        folder = BundleFixture.unpack(fixture.zip(BundleFixture.MARCH), home.resolve("moved"));
        assertCode(21, "manifest.json hides that a test clock was moved");
    }

    private void doctored(String name, String from, String to) {
        refused(21, "population/" + name, "population/" + name, from, to);
    }

    private void stated(int code, String part, String from, String to) {
        refused(code, part, "manifest.json", from, to);
    }

    /** Whoever edits this file, and signs the bundle again, is refused; then all is as before. */
    private void refused(int code, String part, String path, String from, String to) {
        Path file = folder.resolve(path);
        String honest = BundleFixture.read(file);
        String edited = honest.contains(from) ? honest.replace(from, to) : honest.replaceFirst(from, to);
        assertThat(edited).as(path + ": " + from).isNotEqualTo(honest);
        BundleFixture.write(file, edited);
        fixture.sumAndSign(folder);
        assertCode(code, part);
        BundleFixture.write(file, honest);
        fixture.sumAndSign(folder);
    }

    @Test
    void a23ResignedWithAnotherKey() throws IOException {
        SigningKey mine = SigningKey.create(home.resolve("mine.key"));
        BundleFixture.write(
                folder.resolve("keys/export.pub.pem"), mine.verifierKey("x").pem());
        BundleFixture.sum(folder);
        Files.write(folder.resolve("SHA256SUMS.sig"), mine.sign(Files.readAllBytes(folder.resolve("SHA256SUMS"))));
        assertCode(11, "is not a key that this log announced");
        BundleFixture other = new BundleFixture(DatabaseKind.H2, home.resolve("elsewhere")).lived();
        Path whole = other.zip(BundleFixture.MARCH);
        assertThat(other.verify(whole).exitCode()).isZero();
        assertThat(fixture.verify(whole).exitCode()).isEqualTo(12);
        assertThat(EvidenceVerify.verify(new EvidenceVerify.Request(whole, null, List.of(), false))
                        .lines())
                .as("without the auditor's key the bundle is believed, loudly")
                .anyMatch(line -> line.contains("UNTRUSTED KEY"));
        other.close();
    }

    @Test
    void a29ForgedProofs() {
        String proof = BundleFixture.read(folder.resolve("ledger/range-proof.json"));
        BundleFixture.write(
                folder.resolve("ledger/range-proof.json"),
                proof.replace("\"right\":[", "\"right\":[\"" + Hash.EMPTY + "\",")
                        .replace(",]", "]"));
        fixture.sumAndSign(folder);
        assertCode(15, "");
        BundleFixture.write(folder.resolve("ledger/range-proof.json"), proof);
        edit("keys/key-history.json", "\"proof\":[\"", "\"proof\":[\"" + Hash.EMPTY + "\",\"");
        fixture.sumAndSign(folder);
        assertCode(11, "is not a key that this log announced");
    }

    @Test
    void a31ALineThatIsNotCanonicalIsFoundEvenWhereItWasSealed() {
        List<String> given = List.of(
                "1.0",
                " 1",
                "9007199254740992",
                "-9007199254740992",
                "\"\\u0000\"",
                "\"e\u0301\"",
                "{\"1\":1}",
                "-0",
                "\"\\u001F\"",
                "\"\\/\"",
                "{\"b\":1,\"a\":1}",
                "\"\u00e9t\u00e9 e\u0301\"",
                "[{\"abcdefgh1\":1,\"abcdefgh2\":1},{\"abcdefgh2\":1,\"abcdefgh1\":1}]");
        for (String x : given) {
            close();
            fixture = new BundleFixture(DatabaseKind.H2, home.resolve("x" + given.indexOf(x)));
            seal("{\"x\":" + x + "}");
            folder = BundleFixture.unpack(fixture.zip(BundleFixture.MARCH), home.resolve("again" + given.indexOf(x)));
            assertCode(19, "not canonical");
        }
    }

    @Test
    void a31ASignThatMustBeEscapedIsFoundInsideALongText() {
        String path = "\"path\":\"ledger/index.csv";
        for (String sign : List.of("\t", "\u0001", "\u001f")) {
            edit("manifest.json", path, path + sign);
            fixture.sumAsItIsAndSign(folder);
            assertCode(23, "not canonical");
            edit("manifest.json", path + sign, path);
        }
    }

    private void seal(String data) {
        UUID id = UUID.randomUUID();
        byte[] payload = ("{\"actor\":{\"auth\":\"none\",\"kind\":\"system\",\"ref\":\"system\"},\"data\":" + data
                        + ",\"id\":\"" + id
                        + "\",\"node\":\"n\",\"occurredAt\":\"2026-02-20T08:00:00.000000Z\",\"on\":{\"id\":\"a\",\"kind\":\"asset\",\"rev\":1},"
                        + "\"recordedAt\":\"2026-02-20T08:00:00.000000Z\",\"type\":\"asset.updated\",\"v\":1}")
                .getBytes(StandardCharsets.UTF_8);
        fixture.test.database.useTransaction(tx -> {
            tx.createUpdate(
                            "insert into evidence_record (rec_id, rec_type, subject_kind, subject_id, asset_ref, actor_ref, occurred_at,"
                                    + " recorded_at, payload, leaf_hash) values (:id, 'asset.updated', 'asset', 'a', 'a', 'system', :at, :at, :payload, :hash)")
                    .bind("id", id)
                    .bind("at", fixture.test.clock.instant())
                    .bind("payload", payload)
                    .bind("hash", Hash.leaf(payload).bytes())
                    .execute();
            tx.createUpdate("insert into ledger_pending (rec_id) values (:id)")
                    .bind("id", id)
                    .execute();
        });
    }

    @Test
    void a41AllFailingResultsWithheldAsOutsideThePeriod() throws Exception {
        new Forger(fixture, folder)
                .withhold(
                        record -> record.contains("\"outcome\":\"fail\"") || record.contains("\"type\":\"run.missed\""),
                        "outside the period");
        assertThat(BundleFixture.read(folder.resolve("manifest.json"))).contains("\"check_runs.fail\":0");
        assertCode(24, "(check.result) is withheld, but it was sealed at 2026-03-02T08:00:00Z");
        assertThat(fixture.verify(folder).lines().get(1))
                .isEqualTo("withheld 3 of 17 records, by the month of their seal {2026-03=2, 2026-04=1}");
        assertThat(BundleFixture.run(folder, 24, "java", "tools/Verify.java", ".", fixture.vkey()))
                .as("as an auditor runs it")
                .startsWith(
                        "anchored to 0 of 17 records\nwithheld 3 of 17 records, by the month of their seal {2026-03=2, 2026-04=1}\n")
                .contains("NOT VERIFIED, exit code 24: V14 index ");
    }

    @Test
    void a42WhatStoodBeforeThePeriodWithheldOrCountedForAnotherReason() {
        useAnother();
        Forger forger = new Forger(fixture, folder);
        forger.withhold(record -> record.contains("\"type\":\"check.published\""), "outside the period");
        assertCode(24, "(check.published) is withheld, but it was sealed at 2026-02-20T08:00:00Z");
        folder = BundleFixture.unpack(fixture.zip(BundleFixture.MARCH), home.resolve("second"));
        new Forger(fixture, folder).withhold(record -> false, "outside the scope");
        assertCode(24, "says {outside the scope=2} is withheld, by the seals it is {outside the period=2}");
    }

    /** Its miss was noticed two weeks after the period, and everybody could call that "outside the period". */
    @Test
    void a56ARunDueInThePeriodWhoseMissIsWithheldAsItWasRecordedLater() {
        useAnother();
        fixture.missed("2026-03-30T08:00:00Z");
        folder = BundleFixture.unpack(fixture.zip(BundleFixture.MARCH), home.resolve("noticed"));
        assertThat(BundleFixture.read(folder.resolve("population/expected_vs_actual.csv")))
                .contains("redis-1,redis-auth,2026-03-30T08:00:00Z,,missed,");
        assertThat(BundleFixture.read(folder.resolve("manifest.json"))).contains("\"runs_missed\":2");
        assertCode(0, "VERIFIED");
        new Forger(fixture, folder).withhold(record -> record.contains("2026-03-30T08:00:00"), "outside the period");
        assertThat(BundleFixture.read(folder.resolve("manifest.json"))).contains("\"runs_missed\":1");
        assertCode(24, "(run.missed) is withheld, but it was sealed at 2026-04-20T08:00:00Z");
    }

    /** As bundles were at first: without waivers and exposure, and with reviews that never grow late. */
    @Test
    void a43AnOlderLayoutClaimed() throws IOException {
        Forger forger = new Forger(fixture, folder);
        var manifest = forger.manifest();
        manifest.put("tables", List.of("population/assets.csv"));
        manifest.put("openReviewsCounted", false);
        forger.write(manifest);
        fixture.sumAndSign(folder);
        assertCode(23, "manifest.json has openReviewsCounted, which layout 2 does not have");
        manifest.remove("tables");
        manifest.remove("openReviewsCounted");
        manifest.remove("rowsPerPart");
        forger.write(manifest);
        fixture.sumAndSign(folder);
        assertCode(23, "manifest.json lacks rowsPerPart, which layout 2 has");
        manifest.put("rowsPerPart", 1_000_000);
        forger.write(manifest);
        Files.delete(folder.resolve("population/waivers.csv"));
        fixture.sumAndSign(folder);
        assertCode(23, "This bundle lacks these files of layout 2: population/waivers.csv");
    }

    @Test
    void a44AnotherLayoutClaimed() {
        for (String version : List.of("0", "3", "\"2\"")) {
            String part = version.startsWith("\"") ? "formatVersion" : "the bundle has layout " + version;
            stated(23, part, "\"formatVersion\":[^,]+", "\"formatVersion\":" + version);
        }
    }

    @Test
    void a45AFileThatTheLayoutDoesNotHave() throws IOException {
        for (String path : List.of(
                "reports/Report.html",
                "Reports/report.html",
                "reports/report.html.part0002",
                "data/blobs/note.txt",
                "population/assets.csv.part0001",
                "population/\u00e9.csv",
                "population/e\u0301.csv")) {
            Path more = folder.resolve(path);
            Files.createDirectories(more.getParent());
            BundleFixture.write(more, "<p>All is well.</p>");
            fixture.sumAndSign(folder);
            // a name that is not in its composed form is refused with the manifest that lists it
            assertCode(23, path.contains("\u0301") ? "manifest.json is not" : path + " is not a file of layout 2");
            Files.delete(more);
        }
        Files.delete(folder.resolve("Reports"));
        fixture.sumAndSign(folder);
        BundleFixture.write(folder.resolve("population/assets.csv.part0002"), "a,b\n");
        assertCode(23, "population/assets.csv.part0002 is not listed in SHA256SUMS");
    }

    @Test
    void a46AZipWithSomethingBeforeBehindBetweenOrTwice() throws IOException {
        Path honest = fixture.zip(BundleFixture.MARCH);
        byte[] zip = Files.readAllBytes(honest);
        folder = honest;
        assertCode(0, "VERIFIED");
        byte[] other = "PK\u0003\u0004 another report".getBytes(StandardCharsets.ISO_8859_1);
        folder = home.resolve("forged.zip");
        Files.write(folder, ForgedZip.joined(other, zip));
        assertCode(23, "the ZIP is not one that Ronde wrote");
        Files.write(folder, ForgedZip.joined(zip, other));
        assertCode(23, "something stands behind its directory");
        Files.write(folder, ForgedZip.joined(zip, zip));
        assertCode(23, "the ZIP is not one that Ronde wrote");
        Files.write(folder, ForgedZip.between(zip, other));
        assertCode(23, "something stands between its entries and its directory");
        Files.write(folder, ForgedZip.twice(zip, "reports/report.html", "reports/report.htmX"));
        assertCode(23, "reports/report.html is there twice");
        Files.write(folder, ForgedZip.more(zip, "reports/Report.html"));
        assertCode(23, "reports/Report.html is not a file of layout 2");
        for (String path : List.of(
                "reports\\report.html", "/reports/report.html", "./reports/report.html", "a/../reports/report.html")) {
            Files.write(folder, ForgedZip.more(zip, path));
            assertCode(23, "no plain path");
        }
        Files.write(folder, ForgedZip.localName(zip, "reports/report.html", "reports/Report.html"));
        assertCode(23, "something else than");
    }

    @Test
    void a47AnotherNameInPeopleThanInTheRecord() {
        edit("population/people.json", "\"name\":\"Jeanne =Müller\"", "\"name\":\"Mallory\"");
        new Forger(fixture, folder).remake();
        assertThat(BundleFixture.read(folder.resolve("population/reviews.csv"))).contains("Mallory");
        assertCode(20, "population/people.json: no record of this log calls p:6f1c0e2a9b4d4c7e Mallory");
        edit("population/people.json", "\"ref\":\"p:6f1c0e2a9b4d4c7e\"", "\"ref\":\"p:0000000000000000\"");
        new Forger(fixture, folder).remake();
        assertCode(20, "no record of this log calls p:0000000000000000 Mallory");
    }

    @Test
    void a48ACheckpointOrAFileListedThatIsNot() {
        Path checkpoints = folder.resolve("ledger/checkpoints.csv");
        String honest = BundleFixture.read(checkpoints);
        assertThat(honest).startsWith("size,root,sealed_at\n").contains(",2026-03-02T09:00:00Z\n");
        BundleFixture.write(checkpoints, honest.replace(",2026-03-02T09:00:00Z\n", ",2026-03-31T09:00:00Z\n"));
        fixture.sumAndSign(folder);
        assertCode(21, "ledger/checkpoints.csv does not follow");
        BundleFixture.write(checkpoints, honest);
        fixture.sumAndSign(folder);
        edit("manifest.json", "\"path\":\"population/assets.csv\"", "\"path\":\"population/servers.csv\"");
        fixture.sumAsItIsAndSign(folder);
        assertCode(21, "manifest.json lists under files something else than is there");
        fixture.sumAndSign(folder);
        edit("manifest.json", "\"sealedAt\":\"2026-04-20", "\"sealedAt\":\"2026-03-31");
        new Forger(fixture, folder).remake();
        assertCode(21, "manifest.json says another time of the last seal than its record");
    }

    @Test
    void a49AnAttachmentUnderAnotherName() throws IOException {
        Path blobs = folder.resolve("data/blobs");
        Path honest;
        try (var files = Files.list(blobs)) {
            honest = files.findFirst().orElseThrow();
        }
        Path shown = blobs.resolve(honest.getFileName().toString().replace(".json", ".html"));
        Files.copy(honest, shown);
        fixture.sumAndSign(folder);
        assertCode(20, ".html is no");
        Files.delete(honest);
        fixture.sumAndSign(folder);
        assertCode(20, ".html is no");
    }

    @Test
    void a50AMalformedCheckpointOrTotals() {
        String note = BundleFixture.read(folder.resolve("ledger/checkpoint"));
        for (String broken : List.of(
                "",
                "\n\n\n",
                note.replaceFirst("\n[0-9]+\n", "\nmany\n"),
                note.replaceFirst("\n[0-9]+\n", "\n99999999999999999999\n"),
                note.replaceFirst("\n[0-9]+\n", "\n-1\n"),
                note.replaceFirst("=\n", "\n"),
                note.replace("\u2014", "-"),
                note.substring(0, note.indexOf("\n\n") + 1),
                note.substring(0, note.length() - 9) + "%\n")) {
            BundleFixture.write(folder.resolve("ledger/checkpoint"), broken);
            fixture.sumAndSign(folder);
            assertCode(12, "ledger/checkpoint");
        }
        BundleFixture.write(folder.resolve("ledger/checkpoint"), note);
        for (String totals :
                List.of("null", "7", "[]", "{\"records\":\"many\"}", "{\"records\":[1]}", "{\"records\":1.5}")) {
            stated(23, "manifest.json", "\"totals\":\\{[^}]*}", "\"totals\":" + totals);
        }
        stated(
                21,
                "the totals of manifest.json do not follow from the records",
                "\"totals\":\\{[^}]*}",
                "\"totals\":{\"records\":-1}");
    }

    /** What stood before and after is proved by honest hashes alone, and what happened there is not told. */
    @Test
    void a51ABundleThatEndsBeforeOrBeginsAfterWhatItShouldShow() {
        List<Long> seals = seals();
        long size = seals.get(seals.size() - 1);
        new Forger(fixture, folder).cut(range(0, seals.get(1), size));
        assertThat(BundleFixture.read(folder.resolve("manifest.json"))).contains("\"runs_missed\":0");
        assertCode(24, "the bundle has the places from 0 to " + seals.get(1) + ", the log has those from 0 to " + size);
        edit("manifest.json", "\"sealedAt\":\"2026-04", "\"sealedAt\":\"2026-03");
        new Forger(fixture, folder).remake();
        assertCode(24, "the log has those from 0 to");
        folder = BundleFixture.unpack(fixture.zip(BundleFixture.MARCH), home.resolve("late"));
        size = seals().get(seals().size() - 1);
        new Forger(fixture, folder).cut(range(seals.get(0), size, size));
        assertCode(24, "the bundle has the places from " + seals.get(0) + " to " + size);
    }

    /** The sizes of the log at each seal. */
    private List<Long> seals() {
        return BundleFixture.lines(folder.resolve("ledger/index.csv")).stream()
                .filter(row -> row.contains(",ledger.seal,"))
                .map(row -> Long.parseLong(row.substring(0, row.indexOf(','))) + 1)
                .toList();
    }

    private RangeProof range(long from, long until, long size) {
        try (Handle handle = fixture.test.database.jdbi().open()) {
            return new Merkle(new StoredTree(handle)).range(from, until, size);
        }
    }

    /** Nobody can check the type of what is withheld, so it must not be one that could be withheld. */
    @Test
    void a52ARecordOfBeforeThePeriodUnderAnotherType() {
        new Forger(fixture, folder)
                .withhold(record -> record.contains("\"type\":\"check.published\""), "outside the period");
        edit("ledger/index.csv", ",check.published,", ",session.started,");
        new Forger(fixture, folder).remake();
        assertCode(24, "(session.started) is withheld, but it was sealed at 2026-02-20T08:00:00Z");
    }

    @Test
    void a53AZipWithAnExtraFieldAFolderOrAnotherLengthAtTheEntry() throws IOException {
        byte[] zip = Files.readAllBytes(fixture.zip(BundleFixture.MARCH));
        folder = home.resolve("forged.zip");
        Files.write(folder, ForgedZip.extra(zip, true));
        assertCode(23, "has an extra field");
        Files.write(folder, ForgedZip.extra(zip, false));
        assertCode(23, "has an extra field");
        Files.write(folder, ForgedZip.more(zip, "reports/more/"));
        assertCode(23, "reports/more/ is a folder");
        for (int at : new int[] {14, 18, 22}) {
            byte[] other = zip.clone();
            other[at] = 7;
            Files.write(folder, other);
            assertCode(23, "another length or checksum");
        }
    }

    @Test
    void a54RowsPerPartOfNoneOrATotalMore() {
        for (String rows : List.of("0", "-1")) {
            stated(23, "rowsPerPart is less than 1", "\"rowsPerPart\":[0-9]+", "\"rowsPerPart\":" + rows);
        }
        stated(
                21,
                "the totals of manifest.json do not follow from the records",
                "\"check_runs.unknown\":0",
                "\"check_runs.unknown\":0,\"check_runs.x\":0");
    }

    @Test
    void a55AFileBesideTheRecordsThatIsNotOfItsForm() {
        Map<String, Integer> files = Map.of(
                "keys/export.pub.pem", 11,
                "keys/key-history.json", 11,
                "keys/log.vkey", 12,
                "keys/log.pub.pem", 12,
                "manifest.json", 23,
                "ledger/range-proof.json", 15,
                "data/private.jsonl", 20,
                "population/people.json", 20);
        files.forEach((path, code) -> {
            String honest = BundleFixture.read(folder.resolve(path));
            for (String broken : List.of("[", "[{}]", "{}", "[7]")) {
                BundleFixture.write(folder.resolve(path), broken);
                fixture.sumAndSign(folder);
                assertCode(code, path);
            }
            BundleFixture.write(folder.resolve(path), honest);
        });
        fixture.sumAndSign(folder);
        Path held = fixture.checkpointFile(home);
        BundleFixture.write(held, BundleFixture.read(held).replaceFirst("=\n$", "%\n"));
        assertThat(fixture.verify(folder, held).exitCode()).isEqualTo(1);
    }

    @Test
    void somethingThatIsNoBundleIsUnreadable() throws IOException {
        assertThat(fixture.verify(home.resolve("nothing.zip")).exitCode()).isEqualTo(1);
        Path text = BundleFixture.write(home.resolve("text.zip"), "not a zip");
        assertThat(fixture.verify(text).exitCode()).isEqualTo(1);
        assertThat(EvidenceVerify.verify(new EvidenceVerify.Request(folder, "mistyped", List.of(), false))
                        .exitCode())
                .isEqualTo(2);
        Files.delete(records);
        assertCode(10, "data/records.jsonl is missing or was changed");
        Files.delete(folder.resolve("SHA256SUMS"));
        assertThat(fixture.verify(folder).exitCode()).isEqualTo(1);
    }

    private void assertCode(int code, String part) {
        EvidenceVerify.Result result = fixture.verify(folder);
        assertThat(result.exitCode()).as(String.join("\n", result.lines())).isEqualTo(code);
        assertThat(result.lines()).anyMatch(line -> line.contains(part));
    }

    /** Takes the text of a record out as if its scope had withheld it; its leaf stays. */
    private void hide(String part) {
        List<String> lines = BundleFixture.lines(records);
        String gone = leaf(lines.remove(find(lines, part)));
        BundleFixture.write(records, lines);
        List<String> rows = BundleFixture.lines(index);
        rows.replaceAll(row -> row.contains(gone) ? row.replaceAll(",[0-9]+$", ",") : row);
        renumber(rows);
    }

    /** Changes the first figure of this name in manifest.json. */
    private void count(String name, int by) {
        Path manifest = folder.resolve("manifest.json");
        Matcher figure = Pattern.compile("\"" + name + "\":([0-9]+)").matcher(BundleFixture.read(manifest));
        BundleFixture.write(
                manifest, figure.replaceFirst(found -> "\"" + name + "\":" + (Integer.parseInt(found.group(1)) + by)));
    }

    private void edit(String path, String from, String to) {
        String text = BundleFixture.read(folder.resolve(path));
        assertThat(text).contains(from);
        BundleFixture.write(folder.resolve(path), text.replace(from, to));
    }

    private void renumber(List<String> rows) {
        long line = 0;
        for (int i = 1; i < rows.size(); i++) {
            String[] cells = rows.get(i).split(",", -1);
            boolean disclosed = !cells[3].isEmpty();
            line += disclosed ? 1 : 0;
            rows.set(i, (i - 1) + "," + cells[1] + "," + cells[2] + "," + (disclosed ? line : ""));
        }
        BundleFixture.write(index, rows);
    }

    private static int find(List<String> lines, String part) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(part)) {
                return i;
            }
        }
        throw new AssertionError("no line with " + part);
    }

    private static String leaf(String line) {
        return Hash.leaf(line.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private Path copyOfKeys() {
        Path other = home.resolve("other");
        try {
            Files.createDirectories(other.resolve("keys"));
            for (String name : List.of("ledger.key", "export.key")) {
                Files.copy(
                        home.resolve("keys").resolve(name),
                        TestLedger.files(other).ledgerKey().resolveSibling(name));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return other;
    }
}
