package dev.ronde.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.verify.EvidenceVerify;
import dev.ronde.platform.text.Sha256;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reviewer saw is in every bundle that has the attestation: results of other frameworks and of before the period too. */
@OnOneDatabase
class AttestationsInBundleTest {
    private static final ExportScope MAY =
            new ExportScope(LocalDate.parse("2026-05-01"), LocalDate.parse("2026-05-31"), List.of("nist"), List.of());
    private static final String TABLE = "population/attestations.csv";

    private final DatabaseKind kind;

    private final Path home;

    @AutoClose
    private BundleFixture fixture;

    private String snapshot;
    private UUID seen;
    private UUID ofMay;

    AttestationsInBundleTest(DatabaseKind kind, @TempDir Path home) {
        this.kind = kind;
        this.home = home;
        fixture = new BundleFixture(kind, home).lived();
        seen = fixture.run("redis-1", "fail");
        fixture.run("redis-1", "pass");
        fixture.test.ledger.seal();
        fixture.test.clock.set(Instant.parse("2026-05-04T08:00:00Z"));
        ofMay = fixture.run("redis-1", "fail");
        snapshot = twoSources();
        fixture.test.append(
                BundleFixture.attestation("REV-2", List.of(snapshot, seen.toString(), ofMay.toString()))
                        .data("checks", List.of(check(seen, "fail", true), check(ofMay, "unknown", false)))
                        .data(
                                "changes",
                                List.of(
                                        Map.of(
                                                "path",
                                                "rules[\"a\"]",
                                                "before",
                                                "1\n2",
                                                "after",
                                                "x".repeat(600),
                                                "effect",
                                                "wider"),
                                        Map.of("path", "tls", "before", "on", "effect", "weaker")))
                        .data("answered", List.of("owner", "rules[\"a\"]"))
                        .priv(
                                "answers",
                                "{\"rules[\\\"a\\\"]\":{\"answer\":\"accept\",\"evidence\":null},\"owner\":{\"answer\":\"=\\u00E9t\\u00E9,\\n\\\"Ça\\\"\",\"evidence\":\"T-1\"}}"));
        fixture.test.ledger.seal();
        fixture.test.clock.set(Instant.parse("2026-06-20T08:00:00Z"));
        fixture.test.ledger.seal();
    }

    /** Seen: a configuration of two sources, a result of April and one of May that counts for no framework asked for. */
    private static Map<String, Object> check(UUID record, String outcome, boolean stale) {
        return Map.of("check", "redis-auth", "outcome", outcome, "stale", stale, "record", record.toString());
    }

    private String twoSources() {
        String one = fixture.snapshot("{\"maxmemory\":1}");
        String two = fixture.snapshot("{\"port\":6379}");
        String digest = "sha256:" + Sha256.hex("firewall.v1=" + one + "\nredis.v1=" + two + "\n");
        fixture.test.database.useTransaction(tx -> {
            UUID asset = UUID.randomUUID();
            tx.createUpdate("""
                            insert into asset (id, ref, name, kind, criticality, tags, declared_ports, created_at, updated_at, version)
                            values (:id, 'redis-1', 'First', 'service.redis', 'high', '[]', '[]', :at, :at, 1)
                            """)
                    .bind("id", asset)
                    .bind("at", fixture.test.clock.instant())
                    .execute();
            tx.createUpdate("""
                            insert into config_state (id, asset_id, digest, canon_version, sources, collected_at, recorded_at)
                            values (:id, :asset, :digest, 1, :sources, :at, :at)
                            """)
                    .bind("id", UUID.randomUUID())
                    .bind("asset", asset)
                    .bind("digest", digest)
                    .bind("sources", "{\"redis.v1\":\"" + two + "\",\"firewall.v1\":\"" + one + "\"}")
                    .bind("at", fixture.test.clock.instant())
                    .execute();
        });
        return digest;
    }

    @Test
    void configurationAndResultsAreHereWhateverTheFilter() {
        Path zip = fixture.zip(MAY);
        assertThat(fixture.verify(zip).exitCode())
                .as(String.join("\n", fixture.verify(zip).lines()))
                .isZero();
        Path folder = BundleFixture.unpack(zip, home.resolve("out"));
        List<String> rows = BundleFixture.lines(folder.resolve(TABLE));
        assertThat(rows).hasSize(10);
        assertThat(rows.get(1)).matches("REV-2,[0-9]+,configuration," + snapshot + ",,data/blobs/[0-9a-f]{64}\\.txt,");
        assertThat(rows.subList(2, 4)).allMatch(row -> row.matches("REV-2,[0-9]+,source,sha256:.*\\.json,"));
        assertThat(rows.get(4)).contains(",result," + seen + ",").endsWith(",,\"redis-auth: fail, stale\"");
        assertThat(rows.get(5)).endsWith(",,redis-auth: unknown");
        assertThat(rows.get(6))
                .contains(",change,\"rules[\"\"a\"\"]\",,,1 2 → xxx")
                .endsWith("xx…")
                .hasSizeBetween(500, 560);
        assertThat(rows.get(7)).endsWith(",change,tls,,,on →  (weaker)");
        assertThat(rows.get(8)).endsWith(",answer,owner,,,\"'=\\u00E9t\\u00E9,\\n\\\"\"Ça\\\"\"\"");
        assertThat(rows.get(9)).endsWith(",answer,\"rules[\"\"a\"\"]\",,,accept");
        for (String row : rows.subList(1, 4)) {
            String[] cells = row.split(",", -1);
            assertThat("sha256:" + Sha256.hex(BundleFixture.read(folder.resolve(cells[5]))))
                    .isEqualTo(cells[3]);
        }
        String records = BundleFixture.read(folder.resolve("data/records.jsonl"));
        assertThat(records.lines().filter(line -> line.contains("\"check.result\"")))
                .as("the results that were seen, and no other")
                .hasSize(2)
                .allMatch(line -> line.contains(seen.toString()) || line.contains(ofMay.toString()));
        assertThat(BundleFixture.lines(folder.resolve("population/expected_vs_actual.csv")))
                .as("a result that is here for the attestation alone is in no table")
                .hasSize(1);
        assertThat(BundleFixture.read(folder.resolve("manifest.json"))).contains("\"check_runs\":0,");
    }

    @Test
    void whatWasSeenCannotBeSwappedOrHidden() {
        Path folder = BundleFixture.unpack(fixture.zip(MAY), home.resolve("out"));
        String table = BundleFixture.read(folder.resolve(TABLE));
        for (String edited : List.of(
                table.replace(seen.toString(), ofMay.toString()),
                table.replaceFirst("REV-2.*\n", ""),
                table.replace("redis-auth: unknown", "redis-auth: pass"),
                table.replace("(weaker)", "(stronger)"),
                table.replace(",accept\n", ",problem\n"),
                table + "REV-2,1,result," + seen + ",1,\n")) {
            assertThat(refused(folder, TABLE, edited).exitCode()).isEqualTo(21);
        }
        assertThat(refused(folder, TABLE, table).exitCode()).isZero();
        new Forger(fixture, folder).withhold(record -> record.contains("\"id\":\"" + seen), "outside the scope");
        assertThat(fixture.verify(folder).exitCode()).isEqualTo(21);
        assertThat(fixture.verify(folder).lines())
                .anyMatch(line -> line.contains("which an attestation showed, is withheld"));
    }

    /** Lists over 16 KiB lie in attachments; answers over 8,000 characters are cut, and those of who asked for it erased. */
    @Test
    void longListsAndTextsThatAreNotWholeAreToldToo() {
        List<Map<String, Object>> checks = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            checks.add(check(seen, "unknown", false));
        }
        fixture.test.append(BundleFixture.attestation("REV-4", List.of(seen.toString()))
                .occurredAt(Instant.parse("2026-05-05T08:00:00Z"))
                .data("checks", checks)
                .data("answered", List.of("tls"))
                .data(
                        "after",
                        Map.of("state", "attested", "due_on", "2026-05-06", "performed_at", "2026-05-05T08:00:00Z"))
                .priv("answers", "{\"tls\":{\"answer\":\"acc"));
        fixture.test.ledger.seal();
        Path zip = fixture.zip(MAY);
        assertThat(fixture.verify(zip).exitCode()).isZero();
        Path folder = BundleFixture.unpack(zip, home.resolve("out"));
        assertThat(BundleFixture.read(folder.resolve("data/records.jsonl"))).contains("\"checksRef\"");
        assertThat(BundleFixture.read(folder.resolve(TABLE)))
                .contains(
                        seen + ",",
                        ",,redis-auth: unknown\n",
                        ",answer,tls,,,\"{\"\"tls\"\":{\"\"answer\"\":\"\"acc\"\n");
        assertThat(BundleFixture.read(folder.resolve("population/exceptions.csv")))
                .contains(
                        "attested_with_unknown_results,REV-4,2026-05-06,2026-05-05T08:00:00Z,,300 of 300 results unknown: ");
    }

    /** The list that was sealed must be the one its hash was taken of. */
    @Test
    void theHashOfWhatWasShownIsRecomputed() {
        fixture.test.append(BundleFixture.attestation("REV-3", List.of(seen.toString()))
                .occurredAt(Instant.parse("2026-05-05T08:00:00Z"))
                .data("shown", Sha256.hex("something else\n")));
        fixture.test.ledger.seal();
        EvidenceVerify.Result result = fixture.verify(fixture.zip(MAY));
        assertThat(result.exitCode()).isEqualTo(21);
        assertThat(result.lines()).anyMatch(line -> line.contains("shown is not the hash of shown_ids"));
    }

    @Test
    void aConfigurationThatIsGoneGivesNoBundle() {
        fixture.test.forge("delete from config_state");
        assertThatThrownBy(() -> fixture.zip(MAY)).hasMessageContaining("the configuration " + snapshot);
    }

    private EvidenceVerify.Result refused(Path folder, String path, String text) {
        BundleFixture.write(folder.resolve(path), text);
        fixture.sumAndSign(folder);
        return fixture.verify(folder);
    }
}
