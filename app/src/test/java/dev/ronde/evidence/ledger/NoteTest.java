package dev.ronde.evidence.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.testing.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoteTest {
    @TempDir
    Path folder;

    /** The example of the signed note format in Go's sumdb/note package. */
    @Test
    void verifiesThePublishedExample() {
        VerifierKey key = VerifierKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        String note = """
                If you think cryptography is the answer to your problem,
                then you don't know what your problem is.

                — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
                """;
        SignedNote parsed = SignedNote.parse(note);
        assertThat(parsed.isSignedBy(key)).isTrue();
        assertThat(parsed.encoded()).isEqualTo(note);
        assertThat(SignedNote.parse(note.replace("answer", "solver")).isSignedBy(key))
                .isFalse();
    }

    @Test
    void signsCheckpointsThatOnlyItsOwnKeyVerifies() {
        SigningKey key = SigningKey.create(folder.resolve("a.key"));
        SigningKey other = SigningKey.create(folder.resolve("b.key"));
        Checkpoint checkpoint = new Checkpoint("ronde.example/prod", 1371800, Hash.sha256("root"));
        SignedNote note = SignedNote.sign(checkpoint.text(), key, checkpoint.origin());
        SignedNote read = SignedNote.parse(note.encoded());
        assertThat(Checkpoint.parse(read.text())).isEqualTo(checkpoint);
        assertThat(read.isSignedBy(key.verifierKey("ronde.example/prod"))).isTrue();
        assertThat(read.isSignedBy(key.verifierKey("ronde.example/other"))).isFalse();
        assertThat(read.isSignedBy(other.verifierKey("ronde.example/prod"))).isFalse();
        assertThat(VerifierKey.parse(key.verifierKey("x/y").encoded())).isEqualTo(key.verifierKey("x/y"));
    }

    @Test
    void keyFilesBelongToTheirOwnerAndAreReadBackTheSame() throws IOException {
        Path file = folder.resolve("keys/ledger.key");
        SigningKey made = SigningKey.create(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(SigningKey.load(file).verifierKey("x")).isEqualTo(made.verifierKey("x"));
        assertThat(SigningKey.create(file).verifierKey("x"))
                .as("an existing key is never replaced")
                .isEqualTo(made.verifierKey("x"));
        Files.writeString(file, "not a key");
        assertThatThrownBy(() -> SigningKey.load(file)).hasMessageContaining("ledger.key");
    }

    @Test
    @Tag("tools")
    @Needs("openssl")
    void readsAKeyThatOpensslMade() throws Exception {
        Path file = folder.resolve("openssl.key");
        Process process = new ProcessBuilder("openssl", "genpkey", "-algorithm", "ed25519", "-out", file.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(process.waitFor()).isZero();
        SigningKey key = SigningKey.load(file);
        byte[] message = "message".getBytes(StandardCharsets.UTF_8);
        assertThat(key.verifierKey("x").verifies(message, key.sign(message))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "origin\n1\n",
                "origin\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "origin\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "with blank\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "origin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFX=\n",
                "origin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nextension\n",
                "origin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
            })
    void refusesOtherCheckpointTexts(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aGuardFileKeepsTheLastMarkAndRefusesDamage() throws IOException {
        GuardFile guard = new GuardFile(folder.resolve("keys/ledger.guard"));
        assertThat(guard.read()).isEmpty();
        GuardFile.Mark mark = new GuardFile.Mark(42, Hash.sha256("root"));
        guard.write(new GuardFile.Mark(41, Hash.EMPTY));
        guard.write(mark);
        assertThat(guard.read()).contains(mark);
        Files.writeString(guard.path(), "42");
        assertThatThrownBy(guard::read).hasMessageContaining("damaged");
    }
}
