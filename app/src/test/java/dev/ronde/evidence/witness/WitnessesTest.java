package dev.ronde.evidence.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.evidence.TestLedger;
import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.http.PostServer;
import dev.ronde.testing.DatabaseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A log and its witness, each with files of its own. */
class WitnessesTest {
    @TempDir
    Path home;

    private Witness witness(TestLedger log, String state) {
        return Witness.open(
                home.resolve(state),
                Optional.of("witness.example/" + state),
                List.of(log.ledger.verifierKey()),
                log.clock);
    }

    private static Witnesses client(TestLedger log, int port, Witness... witnesses) {
        List<String> setting = new ArrayList<>();
        for (Witness witness : witnesses) {
            setting.add("http://127.0.0.1:" + port + " " + witness.verifierKey());
        }
        return new Witnesses(log.database, log.ledger, log.log, log.clock, setting);
    }

    private static List<String> records(TestLedger log) {
        return log.database.read(handle -> handle.createQuery(
                        "select payload from evidence_record where rec_type like 'anchor.%' order by rec_id")
                .mapTo(byte[].class)
                .map(payload -> {
                    Map<String, Object> record = Canonical.parse(payload);
                    return record.get("type") + " " + record.get("data");
                })
                .list());
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void eachSizeIsCosignedOnceAndTheWordIsARecordThatIsNoNewsItself(DatabaseKind kind) {
        try (TestLedger log = new TestLedger(kind, home)) {
            Witness witness = witness(log, "w1");
            try (PostServer server = new PostServer("/add-checkpoint", witness::add)) {
                Witnesses client = client(log, server.start("127.0.0.1", 0), witness);
                log.sealed(3);
                assertThat(client.run(log.clock.instant())).isEqualTo(1);
                assertThat(log.ledger.cosigned(log.ledger.checkpoint()).note())
                        .startsWith(log.ledger.checkpoint().note() + "\u2014 witness.example/w1 ");
                log.ledger.seal();
                assertThat(client.run(log.clock.instant()))
                        .as("only its own record was sealed since")
                        .isZero();
                client.cosign();
                client.cosign();
                log.sealed(5);
                assertThat(client.run(log.clock.instant())).isEqualTo(1);
                assertThat(records(log))
                        .hasSize(3)
                        .allMatch(record -> record.startsWith("anchor.confirmed")
                                && record.contains("kind=witness")
                                && record.contains("target=witness.example/w1"));
                assertThat(client.newest().get("witness.example/w1").orElseThrow())
                        .extracting(WitnessAnswer::status, WitnessAnswer::treeSize)
                        .containsExactly("confirmed", log.ledger.checkpoint().treeSize());
            }
        }
    }

    @Test
    void anOutageIsOneRecordUntilItIsOverAndAForgetfulLogLearnsWhereTheWitnessIs() {
        try (TestLedger log = new TestLedger(DatabaseKind.H2, home)) {
            Witness witness = witness(log, "w1");
            int port;
            try (PostServer server = new PostServer("/add-checkpoint", witness::add)) {
                port = server.start("127.0.0.1", 0);
                log.sealed(3);
                new Witnesses(
                                log.database,
                                log.ledger,
                                log.log,
                                log.clock,
                                List.of("http://127.0.0.1:" + port + "/ " + witness.verifierKey()))
                        .cosign();
            }
            Witnesses client = client(log, port, witness);
            for (int i = 0; i < 3; i++) {
                log.sealed(2);
                log.clock.advance(Duration.ofMinutes(1));
                assertThat(client.run(log.clock.instant())).isZero();
            }
            log.forge("delete from ledger_anchor where status = 'confirmed'");
            try (PostServer server = new PostServer("/add-checkpoint", witness::add)) {
                server.start("127.0.0.1", port);
                log.clock.advance(Duration.ofMinutes(1));
                assertThat(client.run(log.clock.instant())).isEqualTo(1);
            }
            assertThat(records(log))
                    .extracting(record -> record.substring(0, record.indexOf(' ')))
                    .containsExactly("anchor.confirmed", "anchor.failed", "anchor.confirmed");
        }
    }

    /** Another history under the same keys: smaller, as large and larger than what the witness has seen. */
    @Test
    void aHistoryRewrittenWithBothKeysInHandIsRefused() throws IOException {
        Path other = home.resolve("other");
        try (TestLedger log = new TestLedger(DatabaseKind.H2, home.resolve("honest"))) {
            Witness witness = witness(log, "w1");
            try (PostServer server = new PostServer("/add-checkpoint", witness::add)) {
                int port = server.start("127.0.0.1", 0);
                log.sealed(6);
                client(log, port, witness).cosign();
                Files.createDirectories(other.resolve("keys"));
                for (String key : List.of("ledger.key", "export.key")) {
                    Files.copy(home.resolve("honest/keys/" + key), other.resolve("keys/" + key));
                }
                try (TestLedger forged = new TestLedger(DatabaseKind.H2, other)) {
                    assertThat(forged.ledger.verifierKey()).isEqualTo(log.ledger.verifierKey());
                    Witnesses forger = client(forged, port, witness);
                    forged.sealed(2);
                    forger.cosign();
                    assertThat(records(forged)).hasSize(1).first().asString().contains("anchor.failed", "has cosigned");
                    forged.sealed(20);
                    forger.cosign();
                    assertThat(forged.ledger.cosigned(forged.ledger.checkpoint()))
                            .isEqualTo(forged.ledger.checkpoint());
                }
                log.sealed(2);
                client(log, port, witness).cosign();
                assertThat(records(log)).hasSize(2).allMatch(record -> record.startsWith("anchor.confirmed"));
            }
        }
    }

    @Test
    void settingsThatCannotBeMeantAreRefused() {
        String key = "witness.example/w1+8d66cf3f+AAAA";
        for (String entry : List.of(
                key, "https://w.example", "https://w.example " + key, "ftp://w.example " + key, "https:/// " + key)) {
            assertThatThrownBy(() -> WitnessAddress.read(List.of(entry)))
                    .as(entry)
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("RONDE_WITNESSES");
        }
    }
}
