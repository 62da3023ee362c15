package dev.ronde.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.retention.Purge;
import dev.ronde.testing.DatabaseKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Old results go, and nothing else does: not from the database, and not from a bundle without a record that says so. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class PurgedBundleTest {
    private static final Instant LATER = Instant.parse("2027-06-01T04:20:00Z");
    private static final byte[] SHARED = "{\"big\":1}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ALONE = "{\"big\":2}".getBytes(StandardCharsets.UTF_8);

    @Parameter
    DatabaseKind kind;

    @TempDir
    Path home;

    @AutoClose
    private BundleFixture fixture;

    @BeforeEach
    void live() {
        fixture = new BundleFixture(kind, home).lived();
        result("redis-1", SHARED, ALONE);
        fixture.test.ledger.seal();
        fixture.test.clock.set(LATER);
        result("redis-2", SHARED);
        fixture.test.ledger.seal();
    }

    private void result(String asset, byte[]... facts) {
        Evidence result = Evidence.of("check.result", Actor.SYSTEM, Subject.of("check", "redis-auth", 1))
                .asset(asset)
                .data("check", Map.of("id", "redis-auth", "sha256", "ab"))
                .data("outcome", "pass");
        for (byte[] bytes : facts) {
            result.attach("facts.json", "application/json", bytes);
        }
        fixture.test.append(result);
    }

    private int purge() {
        return new Purge(fixture.test.database, fixture.test.log, fixture.test.ledger, "13m").run(LATER);
    }

    private void hold(String column, String value) {
        fixture.test.database.useTransaction(tx -> tx.createUpdate("insert into legal_hold (id, " + column
                        + ", reason, set_by, set_at) values (:id, " + value + ", 'case 7', 'p:1', :now)")
                .bind("id", UUID.randomUUID())
                .bind("now", LATER)
                .execute());
    }

    private Path folder(String name) {
        return BundleFixture.unpack(fixture.zip(BundleFixture.MARCH), home.resolve(name));
    }

    private List<String> faults() {
        return fixture.test.ledger.verify().faults();
    }

    @Test
    void oldResultsGoAndEveryProofStays() {
        Path before = folder("before");
        assertThat(fixture.verify(before).exitCode()).isZero();
        assertThat(new Purge(fixture.test.database, fixture.test.log, fixture.test.ledger, Purge.KEEP).run(LATER))
                .isZero();
        assertThat(purge()).isEqualTo(5);
        assertThat(purge()).as("once").isZero();
        assertThat(faults()).isEmpty();
        assertThat(stored(ALONE)).isFalse();
        assertThat(stored(SHARED)).as("a later result names it").isTrue();

        Path after = folder("after");
        String index = BundleFixture.read(after.resolve("ledger/index.csv"));
        assertThat(index.lines().filter(row -> row.matches(".*,(check\\.result|run\\.missed),purged \\d+")))
                .hasSize(5);
        assertThat(BundleFixture.read(after.resolve("manifest.json")))
                .contains("{\"count\":5,\"what\":\"records\",\"why\":\"purged\"}");
        assertThat(BundleFixture.read(after.resolve("data/records.jsonl"))).contains("\"policy\":\"results 13m\"");
        assertThat(fixture.verify(after).exitCode()).isZero();
    }

    private boolean stored(byte[] content) {
        return fixture.test.database.read(handle -> new EvidenceLog(fixture.test.clock, "x")
                .content(handle, Hash.sha256(content).hex())
                .isPresent());
    }

    @Test
    void aHoldKeepsWhatItCoversUntilItIsReleased() {
        hold("asset_ref", "'redis-1'");
        assertThat(purge()).isEqualTo(2);
        fixture.test.database.useTransaction(
                tx -> tx.execute("update legal_hold set asset_ref = null, ends_at = set_at"));
        assertThat(purge()).as("the rest, once it ended").isEqualTo(3);
        assertThat(faults()).isEmpty();
        assertThat(fixture.verify(folder("both")).exitCode()).isZero();
    }

    @Test
    void nothingElseCanGoFromTheDatabase() {
        for (String sql : List.of(
                "update evidence_record set payload = null where rec_type = 'review.attested'",
                "update evidence_record set outcome = null",
                "update evidence_record set payload = leaf_hash where rec_type = 'check.result'",
                "update evidence_record set payload = null, outcome = 'pass' where rec_type = 'check.result'",
                "delete from evidence_record",
                "delete from evidence_blob",
                "update evidence_blob set content = sha256",
                "truncate table evidence_blob",
                "truncate table evidence_record",
                "update ledger_leaf set idx = idx + 100")) {
            assertThatThrownBy(() -> fixture.test.database.useTransaction(tx -> tx.execute(sql)))
                    .as(sql)
                    .hasRootCauseInstanceOf(SQLException.class);
        }
        assertThat(faults()).isEmpty();
    }

    @Test
    void whatIsGoneWithoutASealedWordIsAFault() {
        fixture.test.database.useTransaction(
                tx -> tx.execute("update evidence_record set payload = null where outcome = 'fail'"));
        assertThat(faults()).singleElement().asString().contains("no sealed record says that it was purged");
        assertThatThrownBy(() -> fixture.zip(BundleFixture.MARCH)).hasMessageContaining("is missing");
        assertThat(purge()).isEqualTo(4);
        assertThat(faults()).as("a purge does not cover it").hasSize(1);
    }

    @Test
    void aBundleCannotPurgeMore() {
        purge();
        Path folder = folder("forged");
        Path index = folder.resolve("ledger/index.csv");
        List<String> rows = BundleFixture.lines(index);
        String last = rows.stream()
                .filter(row -> row.contains(",purged "))
                .findFirst()
                .orElseThrow();
        String by = last.substring(last.indexOf("purged"));
        String other = String.valueOf(Long.parseLong(by.substring(7)) - 1);
        BundleFixture.write(
                index,
                rows.stream().map(row -> row.replace(by, "purged " + other)).toList());
        fixture.sumAndSign(folder);
        assertThat(fixture.verify(folder).exitCode()).as("another record").isEqualTo(24);
        BundleFixture.write(
                index, rows.stream().map(row -> row.replace("," + by, ",")).toList());
        fixture.sumAndSign(folder);
        assertThat(fixture.verify(folder).exitCode())
                .as("withheld, though an attestation showed one")
                .isEqualTo(21);
        BundleFixture.write(
                index,
                rows.stream()
                        .map(row -> row.replace("check.result," + by, "review.attested," + by))
                        .toList());
        new Forger(fixture, folder).remake();
        assertThat(fixture.verify(folder).exitCode()).as("another type").isEqualTo(24);
    }
}
