package dev.ronde.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.evidence.seal.ConsistencyProof;
import dev.ronde.evidence.verify.EvidenceVerify;
import dev.ronde.platform.problem.Problem;
import dev.ronde.testing.DatabaseKind;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Yesterday's bundle and the checkpoint of today's mail. */
class NewerCheckpointTest {
    @TempDir
    Path home;

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
