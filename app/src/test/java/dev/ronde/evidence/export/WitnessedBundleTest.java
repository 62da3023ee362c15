package dev.ronde.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.evidence.ledger.Cosignature;
import dev.ronde.evidence.ledger.SignedNote;
import dev.ronde.evidence.ledger.SigningKey;
import dev.ronde.evidence.ledger.VerifierKey;
import dev.ronde.evidence.seal.ConsistencyProof;
import dev.ronde.evidence.verify.EvidenceVerify;
import dev.ronde.evidence.witness.Witness;
import dev.ronde.evidence.witness.Witnesses;
import dev.ronde.platform.http.PostServer;
import dev.ronde.platform.problem.Problem;
import dev.ronde.testing.DatabaseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a witness adds to a bundle, for an auditor who holds no mail at all. Yesterday's bundle and the checkpoint of today's mail. */
class WitnessedBundleTest {
    @TempDir
    Path home;

    private BundleFixture fixture;
    private Witness witness;
    private PostServer server;
    private int port;

    @BeforeEach
    void open() {
        fixture = new BundleFixture(DatabaseKind.H2, home.resolve("honest")).lived();
        witness = Witness.open(
                home.resolve("state"),
                Optional.of("witness.example/w1"),
                List.of(fixture.test.ledger.verifierKey()),
                fixture.test.clock);
        server = new PostServer("/add-checkpoint", witness::add);
        port = server.start("127.0.0.1", 0);
        witnessed(fixture);
    }

    @AfterEach
    void close() {
        server.close();
        fixture.close();
    }

    private void witnessed(BundleFixture log) {
        Witnesses client = new Witnesses(
                log.test.database,
                log.test.ledger,
                log.test.log,
                log.test.clock,
                List.of("http://127.0.0.1:" + port + " " + witness.verifierKey()));
        log.exports.addAnchor(client::cosign);
    }

    private EvidenceVerify.Result verify(Path bundle, int required, String... witnesses) {
        return EvidenceVerify.verify(new EvidenceVerify.Request(
                bundle, fixture.vkey(), List.of(), false, required > 0, List.of(witnesses), required, null));
    }

    private String key() {
        return witness.verifierKey().encoded();
    }

    @Test
    void oneWitnessAnchorsTheWholeBundleForBothVerifiers() throws Exception {
        Path zip = fixture.zip(BundleFixture.MARCH);
        EvidenceVerify.Result good = verify(zip, 1, key());
        assertThat(good.exitCode()).as(good.lines().toString()).isZero();
        assertThat(good.lines()).first().asString().contains("by witness witness.example/w1 on 2026-04-20");
        assertThat(good.lines()).last().isEqualTo("VERIFIED");
        Path folder = BundleFixture.unpack(zip, home.resolve("out"));
        String[] java = {
            ProcessHandle.current().info().command().orElse("java"),
            folder.resolve("tools/Verify.java").toString(),
            zip.toString(),
            fixture.vkey(),
            "--witness",
            key(),
            "--require-witnesses",
            "1"
        };
        assertThat(BundleFixture.run(home, 0, java)).contains(good.lines().get(0), "\nVERIFIED\n");
        java[7] = "2";
        assertThat(BundleFixture.run(home, 2, java)).contains("You require 2 witnesses and name 1");
    }

    @Test
    void aHistoryRewrittenWithBothKeysInHandIsCaughtThroughAWitnessAlone() throws IOException {
        Path other = home.resolve("other/keys");
        Files.createDirectories(other);
        for (String name : List.of("ledger.key", "export.key")) {
            Files.copy(home.resolve("honest/keys/" + name), other.resolve(name));
        }
        fixture.zip(BundleFixture.MARCH);
        try (BundleFixture forged = new BundleFixture(DatabaseKind.H2, home.resolve("other"))) {
            forged.lived().test.sealed(30);
            witnessed(forged);
            Path bundle = forged.zip(BundleFixture.MARCH);
            EvidenceVerify.Result alone = verify(bundle, 0);
            assertThat(alone.exitCode())
                    .as("perfect but for what nobody outside has seen")
                    .isZero();
            assertThat(alone.lines()).last().isEqualTo("VERIFIED, NOT ANCHORED");
            EvidenceVerify.Result caught = verify(bundle, 1, key());
            assertThat(caught.exitCode()).isEqualTo(17);
            assertThat(caught.lines()).last().asString().contains("0 of the witnesses you named");
        }
    }

    /** Lines behind the signature of the log, as somebody with both keys can write them. */
    @Test
    void countsEachKeyOnceAndOnlyForThisCheckpoint() throws IOException {
        fixture.zip(BundleFixture.MARCH);
        Path folder = BundleFixture.unpack(fixture.zip(BundleFixture.MARCH), home.resolve("out"));
        Path file = folder.resolve("ledger/checkpoint");
        SignedNote note = SignedNote.parse(BundleFixture.read(file));
        SignedNote.Line log = note.signatures().get(0);
        SignedNote.Line honest = note.signatures().get(1);
        SigningKey stranger = SigningKey.create(home.resolve("stranger.key"));
        SigningKey second = SigningKey.create(home.resolve("second.key"));
        String text = note.text();
        VerifierKey w2 = second.witnessKey("w2");
        record Case(int code, int required, List<SignedNote.Line> lines, List<String> keys) {}
        SignedNote.Line w2Line = Cosignature.sign(text, second, "w2", fixture.test.clock.instant());
        SignedNote.Line older =
                Cosignature.sign(text.replaceFirst("\n[0-9]+\n", "\n9\n"), second, "w2", fixture.test.clock.instant());
        String twin = second.witnessKey("w2-again").encoded();
        SignedNote.Line twinLine = new SignedNote.Line(
                "w2-again",
                Cosignature.sign(text, second, "w2-again", fixture.test.clock.instant())
                        .signature());
        List<Case> cases = List.of(
                new Case(0, 1, List.of(honest), List.of(key(), w2.encoded())),
                new Case(17, 2, List.of(honest), List.of(key(), w2.encoded())),
                new Case(0, 2, List.of(honest, w2Line), List.of(key(), w2.encoded())),
                new Case(17, 2, List.of(honest, older), List.of(key(), w2.encoded())),
                new Case(
                        17,
                        2,
                        List.of(honest, Cosignature.sign(text, stranger, "w2", fixture.test.clock.instant())),
                        List.of(key(), w2.encoded())),
                new Case(17, 2, List.of(honest, honest), List.of(key(), w2.encoded())),
                new Case(17, 1, List.of(), List.of(key())),
                new Case(
                        17,
                        1,
                        List.of(SignedNote.sign(text, second, "w2").signatures().get(0)),
                        List.of(w2.encoded())),
                new Case(2, 2, List.of(w2Line, twinLine), List.of(w2.encoded(), twin)),
                new Case(2, 1, List.of(w2Line), List.of(second.verifierKey("w2").encoded())));
        for (Case each : cases) {
            List<SignedNote.Line> lines = new ArrayList<>(List.of(log));
            lines.addAll(each.lines());
            BundleFixture.write(file, new SignedNote(text, lines).encoded());
            fixture.sumAndSign(folder);
            EvidenceVerify.Result result =
                    verify(folder, each.required(), each.keys().toArray(String[]::new));
            assertThat(result.exitCode()).as(each + " " + result.lines()).isEqualTo(each.code());
        }
    }

    @Test
    void aProofLeadsFromTheBundleToANewerCheckpointAndToNoOther() {
        try (BundleFixture fixture = new BundleFixture(DatabaseKind.H2, home).lived()) {
            Path bundle = fixture.zip(BundleFixture.MARCH);
            long size = fixture.exports.list(null, 1, null).items().get(0).treeSize();
            fixture.test.sealed(5);
            Path mail = fixture.checkpointFile(home);
            ConsistencyProof proof = fixture.test.ledger.consistency(size, Optional.empty());
            Path bridge = BundleFixture.write(home.resolve("bridge.txt"), proof.text());
            EvidenceVerify.Result good = fixture.verify(bundle, mail, bridge);
            assertThat(good.exitCode()).as(good.lines().toString()).isZero();
            assertThat(good.lines()).noneMatch(line -> line.contains("UNANCHORED"));
            assertThat(fixture.verify(bundle, bridge).lines())
                    .as("what the operator says now is no checkpoint you hold")
                    .anyMatch(line -> line.contains("UNANCHORED"));
            assertThat(fixture.verify(bundle, mail).exitCode()).isEqualTo(16);

            String hash = proof.path().get(0).base64();
            Path broken = BundleFixture.write(
                    home.resolve("broken.txt"),
                    proof.text().replace(hash, (hash.startsWith("A") ? "B" : "A") + hash.substring(1)));
            assertThat(fixture.verify(bundle, mail, broken).exitCode()).isEqualTo(16);
            Path other = BundleFixture.write(
                    home.resolve("other.txt"),
                    fixture.test.ledger.consistency(size - 1, Optional.empty()).text());
            assertThat(fixture.verify(bundle, mail, other).exitCode()).isEqualTo(1);
            fixture.test.sealed(3);
            assertThat(fixture.test
                            .ledger
                            .consistency(size, Optional.of(proof.checkpoint().treeSize()))
                            .text())
                    .as("the same proof whatever came since")
                    .isEqualTo(proof.text());
            assertThatThrownBy(() -> fixture.test.ledger.consistency(
                            1, Optional.of(proof.checkpoint().treeSize() - 1)))
                    .isInstanceOf(Problem.class);
        }
    }
}
