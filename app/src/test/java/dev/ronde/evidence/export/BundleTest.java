package dev.ronde.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.seal.SealedCheckpoint;
import dev.ronde.evidence.verify.EvidenceVerify;
import dev.ronde.platform.problem.Problem;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Needs;
import dev.ronde.testing.OnOneDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnOneDatabase
class BundleTest {

    private final Path home;

    @AutoClose
    private final BundleFixture fixture;

    BundleTest(DatabaseKind kind, @TempDir Path home) {
        this.home = home;
        fixture = new BundleFixture(kind, home).lived();
    }

    @Test
    void aFreshBundleVerifiesAgainstTheAuditorsKeyAndCheckpoint() {
        Path held = fixture.checkpointFile(home);
        Path zip = fixture.zip(BundleFixture.MARCH);
        EvidenceVerify.Result result = fixture.verify(zip, held);
        assertThat(result.lines()).contains("VERIFIED").noneMatch(line -> line.startsWith("FAIL"));
        assertThat(result.exitCode()).isZero();
        assertThat(zip.getFileName().toString())
                .matches("evidence_ronde-example-test_2026-03-01_2026-03-31_all_n[0-9]+_[0-9a-f]{8}\\.zip");
        assertThat(BundleFixture.read(zip.resolveSibling(zip.getFileName() + ".sha256")))
                .endsWith("  " + zip.getFileName() + "\n");
        assertThat(BundleFixture.read(zip.resolveSibling(zip.getFileName() + ".tlog-proof")))
                .startsWith("c2sp.org/tlog-proof@v1\n");
        assertThat(fixture.test.ledger.verify().faults()).isEmpty();
    }

    @Test
    void holdsTheFilesOfTheFormatAndTablesComputedFromRecords() {
        Path folder = BundleFixture.unpack(fixture.zip(BundleFixture.MARCH), home.resolve("out"));
        assertThat(BundleFixture.read(folder.resolve("SHA256SUMS")).lines().map(line -> line.substring(66)))
                .contains(
                        "README.txt",
                        "VERIFY.md",
                        "manifest.json",
                        "keys/log.vkey",
                        "keys/log.pub.pem",
                        "keys/export.pub.pem",
                        "keys/key-history.json",
                        "ledger/checkpoint",
                        "ledger/checkpoints.csv",
                        "ledger/index.csv",
                        "ledger/range-proof.json",
                        "data/records.jsonl",
                        "data/private.jsonl",
                        "population/assets.csv",
                        "population/checks.csv",
                        "population/expected_vs_actual.csv",
                        "population/reviews.csv",
                        "reports/report.html",
                        "tools/Verify.java");
        List<String> runs = BundleFixture.lines(folder.resolve("population/expected_vs_actual.csv"));
        assertThat(runs).hasSize(5);
        assertThat(runs.get(1)).startsWith("redis-1,redis-auth,2026-03-02T07:59:53Z,2026-03-02T08:00:00Z,fail,7,,,ab,");
        assertThat(runs.get(4)).startsWith("redis-2,redis-auth,2026-03-02T09:00:00Z,,missed,,,node down,ab,");
        assertThat(BundleFixture.lines(folder.resolve("population/assets.csv")))
                .anySatisfy(row -> assertThat(row)
                        .startsWith("redis-1,'=cmd|' /C calc'!A0,service.redis,")
                        .contains(",active,active,2026-02-20T08:00:00Z,,0,"))
                .anySatisfy(row -> assertThat(row)
                        .startsWith("redis-2,\"''=Second, \"\"quoted\"\"\",")
                        .contains(",absent,active,"));
        assertThat(BundleFixture.lines(folder.resolve("population/checks.csv")).get(1))
                .startsWith("redis-auth,ab,Redis asks for a password,high,")
                .contains(",2,1,0,0,0,1,");
        assertThat(BundleFixture.lines(folder.resolve("population/reviews.csv")).get(1))
                .startsWith(
                        "REV-1,redis-1,First,quarterly,,nist:CM-6,,,2026-03-05,,,2026-03-02T09:00:00Z,,Jeanne =Müller,page,,"
                                + "no_change,,90,,,,,sha256:aa,,2,,,Old client until the migration (2026-06-30),1,,,p:6f1c0e2a9b4d4c7e,"
                                + "Looked at everything. Ça va.,,,,");
        assertThat(BundleFixture.read(folder.resolve("data/private.jsonl"))).contains("Ça va.");
        assertThat(BundleFixture.read(folder.resolve("data/records.jsonl"))).doesNotContain("Ça va", "asset.retired");
        assertThat(BundleFixture.read(folder.resolve("manifest.json")))
                .contains("outside the period", "\"check_runs.pass\":2");
        String report = BundleFixture.read(folder.resolve("reports/report.html"));
        assertThat(report)
                .contains(
                        "2 runs.",
                        "Redis asks for a password",
                        "2026-03-02 09:00",
                        "node down",
                        fixture.vkey().replace("+", "+"))
                .doesNotContain("<script", "TEST CLOCK");
    }

    @Test
    void filtersWithholdByHashAndCountThem() {
        ExportScope narrow = new ExportScope(
                LocalDate.parse("2026-03-01"), LocalDate.parse("2030-01-01"), List.of("iso27001"), List.of("redis-1"));
        Path zip = fixture.zip(narrow);
        assertThat(fixture.verify(zip).exitCode()).isZero();
        Path folder = BundleFixture.unpack(zip, home.resolve("out"));
        assertThat(BundleFixture.read(folder.resolve("data/records.jsonl")))
                .contains("\"asset\":\"redis-1\"")
                .doesNotContain("\"asset\":\"redis-2\"", "review.attested", "person.added");
        assertThat(BundleFixture.read(folder.resolve("manifest.json"))).contains("outside the scope");
        assertThat(BundleFixture.lines(folder.resolve("ledger/index.csv")))
                .anyMatch(line -> line.endsWith(",review.attested,"));
        assertThat(zip.getFileName().toString()).contains("_iso27001-redis-1_");
    }

    @Test
    void theSameRequestOnTheSameTreeGivesTheSameBytesInEveryZoneAndLanguage() throws IOException {
        SealedCheckpoint head = fixture.test.ledger.checkpoint();
        TimeZone zone = TimeZone.getDefault();
        Locale locale = Locale.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            byte[] first = build(head, "one");
            TimeZone.setDefault(TimeZone.getTimeZone("America/Los_Angeles"));
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            byte[] second = build(head, "two");
            assertThat(second).isEqualTo(first);
        } finally {
            TimeZone.setDefault(zone);
            Locale.setDefault(locale);
        }
    }

    private byte[] build(SealedCheckpoint head, String folder) throws IOException {
        return Files.readAllBytes(fixture.builder
                .build(
                        new Manifest(
                                BundleFixture.MARCH,
                                BundleFixture.PAPER,
                                fixture.test.ledger.keys().origin(),
                                head,
                                "p:1",
                                "",
                                0),
                        home.resolve(folder),
                        "w",
                        (done, total) -> {})
                .file());
    }

    @Test
    void aDamagedLedgerGivesNoBundle() {
        fixture.test.forge("delete from evidence_blob_use", "delete from evidence_blob");
        assertThatThrownBy(() -> fixture.zip(BundleFixture.MARCH))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(409))
                .hasMessageContaining("attachment");
        fixture.test.forge("delete from evidence_record where rec_type = 'run.missed'");
        assertThatThrownBy(() -> fixture.zip(BundleFixture.MARCH)).hasMessageContaining("the record is missing");
        assertThat(home.resolve("exports")).isEmptyDirectory();
    }

    @Test
    void makingTheSameJobAgainReturnsTheBundleThatIsThere() {
        UUID id = UUID.randomUUID();
        EvidenceExport first = fixture.exports.make(
                id, BundleFixture.MARCH, Locale.ENGLISH, BundleFixture.JEANNE, (done, total) -> {});
        assertThat(fixture.exports.make(
                        id, BundleFixture.MARCH, Locale.ENGLISH, BundleFixture.JEANNE, (done, total) -> {}))
                .isEqualTo(first);
        assertThat(fixture.exports.list(null, 10, null).items()).containsExactly(first);
    }

    @Test
    void theReleaseHoldsTheVerifiersAndTheirSpecificationWhereTheTextsSay() throws Exception {
        String release = Files.readString(Path.of("app/dist/assembly.xml"));
        Path folder = BundleFixture.unpack(fixture.zip(BundleFixture.MARCH), home.resolve("out"));
        for (String tool : List.of("Verify.java", "verify.html", "verify.py")) {
            String source = "app/src/main/resources/evidence/" + tool;
            assertThat(release).contains("<source>" + source + "</source><outputDirectory>tools</outputDirectory>");
            assertThat(folder.resolve("tools/" + tool)).hasSameTextualContentAs(Path.of(source));
            assertThat(BundleFixture.read(folder.resolve("VERIFY.md"))).contains("<release>/tools/Verify.java", tool);
        }
        String specification = "templates/export/verify.txt.peb";
        assertThat(release).contains("<source>" + specification + "</source>");
        assertThat(folder.resolve("VERIFY.md"))
                .as("the template has nothing to fill in")
                .hasSameTextualContentAs(Path.of(specification));
    }

    /** A file that is added to a layout is added to all three programs. */
    @Test
    void theVerifiersKnowTheSameFiles() throws Exception {
        var layouts = Class.forName("Verify").getDeclaredField("FILES");
        layouts.setAccessible(true);
        Set<String> known = new TreeSet<>();
        ((List<?>) layouts.get(null)).forEach(layout -> ((Set<?>) layout).forEach(path -> known.add(path.toString())));
        for (String tool : List.of("verify.html", "verify.py")) {
            String program = BundleFixture.read(Path.of("app/src/main/resources/evidence", tool));
            String list = program.substring(program.indexOf("FILES = "), program.indexOf("STEPS = "));
            assertThat(Pattern.compile("[A-Za-z0-9_/-]+(\\.[A-Za-z]+)+|[a-z]+/[a-z]+|SHA256SUMS")
                            .matcher(list)
                            .results()
                            .map(MatchResult::group))
                    .as(tool)
                    .containsExactlyInAnyOrderElementsOf(known);
        }
    }

    /** An auditor tells the word of a person from what was measured; both verifiers find the column in the records. */
    @Test
    @Tag("tools")
    @Needs("java")
    void whatAPersonStatedIsNoMeasurement() throws Exception {
        fixture.stated();
        fixture.test.ledger.seal();
        fixture.test.clock.set(java.time.Instant.parse("2026-05-02T08:00:00Z"));
        ExportScope april =
                new ExportScope(LocalDate.parse("2026-04-01"), LocalDate.parse("2026-04-30"), List.of(), List.of());
        Path zip = fixture.zip(april);
        Path folder = BundleFixture.unpack(zip, home.resolve("out"));
        List<String> rows = BundleFixture.lines(folder.resolve("population/checks.csv"));
        assertThat(rows.get(0)).endsWith(",index,attested,ended_at");
        assertThat(rows).filteredOn(row -> row.startsWith("redis-auth,")).allMatch(row -> row.endsWith(",false,"));
        assertThat(rows)
                .filteredOn(row -> row.startsWith("waf-attested,cd,"))
                .singleElement()
                .asString()
                .endsWith(",true,");
        assertThat(fixture.verify(zip).lines()).contains("VERIFIED, NOT ANCHORED");
        assertThat(BundleFixture.run(folder, 0, "java", "tools/Verify.java", "--vkey", fixture.vkey(), "."))
                .endsWith("\nVERIFIED, NOT ANCHORED\n");
    }

    @Test
    @Tag("tools")
    @Needs({"openssl", "sha256sum", "java"})
    void stockToolsAndTheStandAloneVerifierAgree() throws Exception {
        Path held = fixture.checkpointFile(home);
        Path folder = BundleFixture.unpack(fixture.zip(BundleFixture.MARCH), home.resolve("out"));
        BundleFixture.run(folder, 0, "sha256sum", "--strict", "-c", "SHA256SUMS");
        BundleFixture.run(
                folder,
                0,
                "openssl",
                "pkeyutl",
                "-verify",
                "-pubin",
                "-inkey",
                "keys/export.pub.pem",
                "-rawin",
                "-in",
                "SHA256SUMS",
                "-sigfile",
                "SHA256SUMS.sig");
        String byHand = BundleFixture.read(folder.resolve("VERIFY.md"))
                .lines()
                .filter(line -> line.contains("tail -c 32 | base64"))
                .map(line -> line.strip().replace("<verifier key>", fixture.vkey()))
                .collect(java.util.stream.Collectors.joining(" && "));
        assertThat(BundleFixture.run(folder, 0, "sh", "-c", byHand).lines().distinct())
                .as("the key written down and the one in the bundle")
                .singleElement()
                .asString()
                .hasSize(44);
        BundleFixture.run(
                folder,
                0,
                "sh",
                "-c",
                "sed '/^$/,$d' ledger/checkpoint > ../body && sed -n 5p ledger/checkpoint | awk '{print $3}' | base64 -d | tail -c 64 > ../sig"
                        + " && openssl pkeyutl -verify -pubin -inkey keys/log.pub.pem -rawin -in ../body -sigfile ../sig");
        String leaf = BundleFixture.run(
                folder, 0, "sh", "-c", "printf '\\0%s' \"$(sed -n 3p data/records.jsonl)\" | sha256sum");
        assertThat(BundleFixture.read(folder.resolve("ledger/index.csv"))).contains(leaf.substring(0, 64));
        assertThat(BundleFixture.run(folder, 0, "java", "tools/Verify.java", ".", fixture.vkey(), held.toString()))
                .contains("VERIFIED");
        Path records = folder.resolve("data/records.jsonl");
        BundleFixture.write(records, BundleFixture.read(records).replaceFirst("redis-1", "redis-9"));
        BundleFixture.run(folder, 1, "sha256sum", "--strict", "--quiet", "-c", "SHA256SUMS");
        BundleFixture.run(folder, 10, "java", "tools/Verify.java", ".", fixture.vkey());
        fixture.sumAndSign(folder);
        BundleFixture.run(folder, 14, "java", "tools/Verify.java", ".", fixture.vkey());
    }
}
