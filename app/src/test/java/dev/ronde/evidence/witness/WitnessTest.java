package dev.ronde.evidence.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.evidence.ledger.Checkpoint;
import dev.ronde.evidence.ledger.Cosignature;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.Merkle;
import dev.ronde.evidence.ledger.SignedNote;
import dev.ronde.evidence.ledger.SigningKey;
import dev.ronde.evidence.ledger.TreeSource;
import dev.ronde.evidence.ledger.VerifierKey;
import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.http.PostServer;
import dev.ronde.testing.Needs;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessTest {
    private static final String ORIGIN = "ronde.example/main";
    private static final List<Hash> LEAVES =
            IntStream.range(0, 40).mapToObj(n -> Hash.sha256("leaf " + n)).toList();
    private static final Merkle TREE = new Merkle(TreeSource.of(LEAVES));
    private static final Merkle OTHER = new Merkle(TreeSource.of(
            IntStream.range(0, 40).mapToObj(n -> Hash.sha256("other " + n)).toList()));

    private final TestClock clock = TestClock.at("2026-03-02T08:00:00Z");

    @TempDir
    Path folder;

    private SigningKey log;
    private Witness witness;

    @BeforeEach
    void open() {
        log = SigningKey.create(folder.resolve("log.key"));
        witness = open("state");
    }

    private Witness open(String state) {
        return Witness.open(
                folder.resolve(state),
                Optional.of("witness.example/w1"),
                List.of(log.verifierKey(ORIGIN), log.verifierKey("ronde.example/second")),
                clock);
    }

    private static String body(long old, List<Hash> proof, SignedNote note) {
        StringBuilder out = new StringBuilder("old " + old + "\n");
        proof.forEach(hash -> out.append(hash.base64()).append('\n'));
        return out + "\n" + note.encoded();
    }

    private String body(Merkle tree, long old, long size) {
        String text = new Checkpoint(ORIGIN, size, tree.root(size)).text();
        return body(old, tree.consistency(old, size), SignedNote.sign(text, log, ORIGIN));
    }

    /** The answers of C2SP tlog-witness, in the order of its text, on a witness that has seen 20 records. */
    @Test
    void answersAsTheProtocolSays() {
        assertThat(witness.add(body(TREE, 0, 20)).status()).isEqualTo(200);
        String text = new Checkpoint(ORIGIN, 30, TREE.root(30)).text();
        List<Hash> proof = TREE.consistency(20, 30);
        SignedNote note = SignedNote.sign(text, log, ORIGIN);
        SigningKey stranger = SigningKey.create(folder.resolve("stranger.key"));
        SignedNote.Line forged = new SignedNote.Line(
                ORIGIN,
                SignedNote.sign(text + "x\n", log, ORIGIN).signatures().get(0).signature());

        expect(400, "old 20\n" + note.encoded());
        expect(400, body(20, proof, note).replace("old 20", "old 020"));
        expect(400, body(20, IntStream.range(0, 64).mapToObj(n -> LEAVES.get(0)).toList(), note));
        expect(400, body(20, proof, note).replace("\n30\n", "\n30\nmore\n"));
        expect(404, body(0, List.of(), SignedNote.sign(text.replace("main", "none"), log, "ronde.example/none")));
        expect(403, body(20, proof, SignedNote.sign(text, stranger, ORIGIN)));
        expect(
                403,
                body(20, proof, new SignedNote(text, List.of(note.signatures().get(0), forged))));
        expect(400, body(31, proof, note));
        expect(409, body(TREE, 0, 30));
        expect(409, body(TREE, 19, 30));
        expect(422, body(20, List.of(), note));
        expect(422, body(20, proof.subList(1, proof.size()), note));
        expect(422, body(OTHER, 20, 30));
        expect(422, body(OTHER, 20, 20));
        expect(422, body(20, proof, SignedNote.sign(new Checkpoint(ORIGIN, 20, TREE.root(20)).text(), log, ORIGIN)));
        assertThat(witness.add(body(TREE, 19, 30)).body()).isEqualTo("20\n");
        expect(200, body(TREE, 20, 20));
        expect(
                200,
                body(
                        20,
                        proof,
                        new SignedNote(
                                text,
                                List.of(
                                        SignedNote.sign(text, stranger, "elsewhere")
                                                .signatures()
                                                .get(0),
                                        note.signatures().get(0)))));
        expect(409, body(TREE, 20, 30));
    }

    private void expect(int status, String body) {
        assertThat(witness.add(body))
                .extracting(PostServer.Reply::status)
                .as(body)
                .isEqualTo(status);
    }

    @Test
    void whatItCosignedIsOnDiskBeforeTheAnswerAndItsStateIsOfOneWitness() throws IOException {
        clock.set(Instant.ofEpochSecond(1679315147));
        String answer = witness.add(body(TREE, 0, 20)).body();
        String text = new Checkpoint(ORIGIN, 20, TREE.root(20)).text();
        SignedNote.Line line = SignedNote.Line.parse(answer.strip());
        assertThat(Cosignature.time(text, line, witness.verifierKey())).contains(clock.instant());
        assertThat(Cosignature.time(text.replace("20", "21"), line, witness.verifierKey()))
                .isEmpty();
        assertThat(VerifierKey.parseWitness(witness.verifierKey().encoded())).isEqualTo(witness.verifierKey());
        assertThatThrownBy(() -> VerifierKey.parse(witness.verifierKey().encoded()))
                .hasMessageContaining("not the Ed25519 verifier key of a log");

        Path state = folder.resolve("state");
        assertThat(Files.readString(state))
                .startsWith(witness.verifierKey().encoded() + "\n2023-03-20T12:25:47Z 20 ")
                .contains(" \u2014 " + ORIGIN + " ")
                .endsWith(" " + answer);
        for (Path secret : List.of(state, folder.resolve("state.key"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
        }
        assertThatThrownBy(() -> open("state")).hasMessageContaining("Another witness runs");
        Path copy = folder.resolve("copy");
        Files.copy(state, copy);
        assertThatThrownBy(() -> open("copy"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("copy.key is missing");
        Files.copy(folder.resolve("state.key"), folder.resolve("copy.key"));
        Witness again = open("copy");
        assertThat(again.add(body(TREE, 0, 30)).body()).isEqualTo("20\n");
        assertThat(again.add(body(OTHER, 20, 30)).status()).isEqualTo(422);
        Files.writeString(copy, Files.readString(copy).replace(" 20 ", " 10 "));
        Files.copy(folder.resolve("state.key"), folder.resolve("bad.key"));
        Files.copy(copy, folder.resolve("bad"));
        assertThatThrownBy(() -> open("bad")).hasMessageContaining("damaged");
    }

    /** The examples of the C2SP texts, which publish no keys. */
    @Test
    void readsThePublishedExamples() {
        String note = """
                example.com/behind-the-sofa
                20852163
                CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

                — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
                — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
                """;
        Submission read = Submission.parse("""
                old 20852014
                PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
                jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
                5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
                /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

                """ + note);
        assertThat(read.old()).isEqualTo(20852014);
        assertThat(read.proof()).hasSize(4);
        assertThat(read.checkpoint().size()).isEqualTo(20852163);
        assertThat(read.note().encoded()).isEqualTo(note);
        byte[] line = Base64.getDecoder().decode(read.note().signatures().get(1).signature());
        assertThat(java.nio.ByteBuffer.wrap(line, 4, 8).getLong()).isEqualTo(1679315147);
        assertThat(line).hasSize(4 + 8 + 64);
    }

    @Test
    @Tag("tools")
    @Needs("openssl")
    void opensslVerifiesACosignatureOverTheMessageOfTheText() throws Exception {
        SigningKey key = SigningKey.create(folder.resolve("w.key"));
        String text = new Checkpoint(ORIGIN, 20, TREE.root(20)).text();
        SignedNote.Line line = Cosignature.sign(text, key, "w", Instant.ofEpochSecond(1679315147));
        byte[] both = Base64.getDecoder().decode(line.signature());
        Files.write(folder.resolve("sig"), java.util.Arrays.copyOfRange(both, 12, 76));
        Files.writeString(folder.resolve("message"), "cosignature/v1\ntime 1679315147\n" + text);
        Process process = new ProcessBuilder(
                        "openssl",
                        "pkeyutl",
                        "-verify",
                        "-inkey",
                        "w.key",
                        "-rawin",
                        "-in",
                        "message",
                        "-sigfile",
                        "sig")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(process.waitFor())
                .as(new String(process.getInputStream().readAllBytes()))
                .isZero();
    }
}
