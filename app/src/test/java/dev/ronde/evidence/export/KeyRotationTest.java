package dev.ronde.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.ledger.SignedNote;
import dev.ronde.evidence.ledger.SigningKey;
import dev.ronde.evidence.ledger.VerifierKey;
import dev.ronde.evidence.verify.EvidenceVerify;
import dev.ronde.testing.DatabaseKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that changes its key, and auditors who wrote down the one before. */
class KeyRotationTest {
    @TempDir
    Path home;

    @AutoClose
    private BundleFixture fixture;

    private VerifierKey first;

    @BeforeEach
    void open() {
        fixture = new BundleFixture(DatabaseKind.H2, home).lived();
        first = fixture.test.ledger.verifierKey();
    }

    private VerifierKey rotate() {
        VerifierKey next = fixture.test.ledger.rotateKey(Actor.SYSTEM);
        reopen();
        assertThat(fixture.test.ledger.verifierKey()).isEqualTo(next);
        return next;
    }

    private void reopen() {
        fixture.test.ledger = fixture.test.open(fixture.test.files);
    }

    private Path bundle() {
        Exports exports = fixture.exports(Optional.empty());
        return exports.file(exports.make(
                UUID.randomUUID(), BundleFixture.MARCH, Locale.ENGLISH, BundleFixture.JEANNE, (done, total) -> {}));
    }

    private static EvidenceVerify.Result verify(Path bundle, VerifierKey key, Path... held) {
        return EvidenceVerify.verify(new EvidenceVerify.Request(bundle, key.encoded(), List.of(held), false));
    }

    private boolean signed(VerifierKey key) {
        return SignedNote.parse(fixture.test.ledger.checkpoint().note()).isSignedBy(key);
    }

    @Test
    void bothKeysSignFor30DaysAndAfterwardsTheHistoryLeadsFromEachOfThem() throws Exception {
        Path mail = fixture.checkpointFile(home);
        VerifierKey second = rotate();
        fixture.test.sealed(2);
        assertThat(signed(first) && signed(second)).isTrue();
        assertThat(verify(bundle(), first, mail).exitCode()).isZero();
        fixture.test.clock.advance(Duration.ofDays(31));
        fixture.test.sealed(1);
        fixture.test.sealed(1);
        assertThat(signed(first)).isFalse();
        assertThat(fixture.test.ledger.verify().faults()).isEmpty();
        reopen();
        VerifierKey third = rotate();
        fixture.test.clock.advance(Duration.ofDays(31));
        fixture.test.sealed(1);
        fixture.test.sealed(1);
        Path newest = fixture.checkpointFile(home);
        Path zip = bundle();
        for (VerifierKey key : List.of(first, second, third)) {
            EvidenceVerify.Result result = verify(zip, key, mail, newest);
            assertThat(result.exitCode()).as(result.lines().toString()).isZero();
        }
        VerifierKey stranger = SigningKey.create(home.resolve("x.key")).verifierKey(first.name());
        assertThat(verify(zip, stranger).exitCode()).isEqualTo(12);
        assertThat(fixture.test.ledger.verify().faults()).isEmpty();

        Path folder = BundleFixture.unpack(zip, home.resolve("out"));
        Path history = folder.resolve("keys/key-history.json");
        String honest = BundleFixture.read(history);
        String note = honest.replaceAll("(?s).*?\"checkpoint\":\"(.*?)\".*", "$1");
        String unsigned =
                note.replace(note.substring(note.indexOf("\u2014 ")), "\u2014 " + first.name() + " AAAAAAAAAA==\\\\n");
        BundleFixture.write(history, honest.replaceFirst(java.util.regex.Pattern.quote(note), unsigned));
        fixture.sumAndSign(folder);
        assertThat(verify(folder, first).exitCode())
                .as("nobody with the first key said so")
                .isEqualTo(12);
        assertThat(verify(folder, third).exitCode()).isZero();
    }

    @Test
    void aRotationThatBreaksOffIsEndedByTheNextStart() throws Exception {
        Path key = fixture.test.files.ledgerKey();
        byte[] old = Files.readAllBytes(key);
        VerifierKey next = fixture.test.ledger.rotateKey(Actor.SYSTEM);
        assertThat(Files.readAllBytes(key)).as("nothing moved yet").isEqualTo(old);
        assertThat(signed(first) && !signed(next))
                .as("sealed under the old key")
                .isTrue();
        Files.createLink(key.resolveSibling("ledger.key." + first.keyId()), key);
        reopen();
        assertThat(fixture.test.ledger.verifierKey()).isEqualTo(next);
        fixture.test.sealed(1);
        assertThat(signed(first) && signed(next)).isTrue();
    }

    @Test
    void whatACompromisedKeySignedCountsOnlyAsFarAsItIsAnchored() {
        fixture.test.ledger.compromised(Instant.parse("2026-03-01T00:00:00Z"), Actor.SYSTEM);
        Path mail = fixture.checkpointFile(home);
        VerifierKey second = rotate();
        fixture.test.sealed(2);
        assertThat(signed(first)).isFalse();
        Path zip = bundle();
        assertThat(verify(zip, second).exitCode()).isEqualTo(17);
        EvidenceVerify.Result anchored = verify(zip, second, mail);
        assertThat(anchored.exitCode()).as(anchored.lines().toString()).isZero();
        assertThat(verify(zip, first, mail).exitCode())
                .as("the first key has no word left")
                .isEqualTo(17);
    }
}
