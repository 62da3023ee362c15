package dev.ronde.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.population.ExportScope;
import dev.ronde.platform.db.Installation;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.text.Sha256;
import dev.ronde.platform.time.ProductClock;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.VerifiedBundle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The documents of OSCAL in a bundle fit NIST's schemas, whatever people wrote, and count what the tables count. */
class OscalTest {
    private static final String HOSTILE = " \u00a0\n[x](javascript:alert(1)) <script> Ωmega 東京 \u2028🦉\t";
    private static final Map<String, Schema> SCHEMAS =
            Map.of("assessment-plan", schema("plan"), "assessment-results", schema("results"));

    @TempDir
    Path home;

    private static Schema schema(String document) {
        try (InputStream in =
                OscalTest.class.getResourceAsStream("/oscal/oscal_assessment-" + document + "_schema-1.2.1.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The three documents of a bundle, of which two must fit their schema, no UUID may be used twice, and every reference must lead somewhere. */
    private static Map<String, JsonNode> valid(Path bundle) {
        Map<String, JsonNode> documents = new HashMap<>();
        Set<String> defined = new HashSet<>();
        List<String> referred = new ArrayList<>();
        SCHEMAS.forEach((name, schema) -> {
            String json = BundleFixture.read(bundle.resolve("oscal/" + name + ".json"));
            assertThat(schema.validate(
                            json,
                            InputFormat.JSON,
                            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
                    .as(name)
                    .isEmpty();
            JsonNode document = Json.tree(json);
            documents.put(name, document.path(name));
            for (JsonNode holder : document.findParents("uuid")) {
                String uuid = holder.path("uuid").asString();
                assertThat(defined.add(uuid) || holder.path("type").asString("").equals("organization"))
                        .as(uuid)
                        .isTrue();
            }
            for (String reference : List.of(
                    "subject-uuid", "activity-uuid", "component-uuid", "party-uuid", "observation-uuid", "risk-uuid")) {
                referred.addAll(document.findValuesAsString(reference));
            }
        });
        assertThat(defined).containsAll(referred);
        for (JsonNode resource : documents.get("assessment-results").at("/back-matter/resources")) {
            Path file = bundle.resolve("oscal")
                    .resolve(resource.at("/rlinks/0/href").asString())
                    .normalize();
            assertThat(resource.at("/rlinks/0/hashes/0/value").asString())
                    .isEqualTo(Sha256.hex(BundleFixture.read(file)));
        }
        documents.put("fedramp-20x", Json.tree(BundleFixture.read(bundle.resolve("oscal/fedramp-20x.json"))));
        return documents;
    }

    private Path unpacked(Path zip) {
        return BundleFixture.unpack(zip, home.resolve(UUID.randomUUID().toString()));
    }

    private static TestApp.Answer call(TestApp app, String token, String method, String path, String body) {
        Map<String, String> headers = TestApp.bearer(token, "Content-Type", "application/json", "If-Match", "*");
        return app.call(method, path, body, headers);
    }

    private static String prop(JsonNode holder, String name) {
        return holder.path("props")
                .valueStream()
                .filter(prop -> prop.path("name").asString().equals(name))
                .map(prop -> prop.path("value").asString())
                .findFirst()
                .orElse("");
    }

    private static JsonNode only(JsonNode list, String name, String value) {
        List<JsonNode> found = list.valueStream()
                .filter(item -> item.path(name).asString("").equals(value))
                .toList();
        assertThat(found).as(value).hasSize(1);
        return found.get(0);
    }

    private static String counts(JsonNode holder) {
        return counts(holder, "");
    }

    private static String counts(JsonNode holder, String before) {
        return String.join(
                " ",
                List.of("expected", "performed", "passed", "failed", "waived", "errors", "missed").stream()
                        .map(name -> prop(holder, before + name))
                        .toList());
    }

    private static List<String> clocks(Map<String, JsonNode> documents) {
        return List.of(
                prop(documents.get("assessment-plan").path("metadata"), "test-clock"),
                prop(documents.get("assessment-results").path("metadata"), "test-clock"),
                documents.get("fedramp-20x").has("testClock") ? "true" : "");
    }

    @Test
    void aPeriodWithoutAnythingIsADocumentToo() {
        try (BundleFixture fixture = new BundleFixture(DatabaseKind.H2, home)) {
            fixture.test.ledger.seal();
            Map<String, JsonNode> documents = valid(unpacked(fixture.zip(BundleFixture.MARCH)));
            JsonNode result = documents.get("assessment-results").at("/results/0");
            assertThat(result.has("observations") || result.has("findings")).isFalse();
            assertThat(documents.get("fedramp-20x").at("/runs/expected").asLong(-1))
                    .isZero();
            assertThat(clocks(documents)).containsOnly("");
        }
    }

    @Test
    void observationsAndFindingsCountTheRowsOfTheTables() throws IOException {
        try (BundleFixture fixture = new BundleFixture(DatabaseKind.H2, home).ruled()) {
            fixture.test.append(Evidence.of("asset.created", Actor.SYSTEM, Subject.of("asset", HOSTILE.strip(), 1))
                    .occurredAt(Instant.parse("2026-03-10T08:00:00Z"))
                    .data("after", Map.of("name", HOSTILE, "kind", "service.redis", "environment", " \u00a0")));
            fixture.test.append(Evidence.of("run.missed", Actor.SYSTEM, Subject.of("check", "redis-auth", 1))
                    .occurredAt(Instant.parse("2026-03-10T09:00:00Z"))
                    .asset(HOSTILE.strip())
                    .data("check", Map.of("id", "redis-auth", "sha256", "ab"))
                    .data("due", Instant.parse("2026-03-10T09:00:00Z"))
                    .data("reason", HOSTILE));
            fixture.test.append(BundleFixture.attestation("REV-2", List.of())
                    .asset("redis-2")
                    .controls(List.of("nist:AC-2(3)"))
                    .data("outcome", "no_change")
                    .data(
                            "after",
                            Map.of(
                                    "state", "attested",
                                    "plan", "quarterly",
                                    "due_on", "2026-03-06",
                                    "performed_at", "2026-03-05T08:00:00Z",
                                    "outcome", "no_change",
                                    "approval", "pending")));
            fixture.test.ledger.seal();
            Installation.open(
                    fixture.test.database,
                    new ProductClock(fixture.test.clock),
                    Optional.of(fixture.test.clock.instant()));
            Path bundle = unpacked(fixture.zip(BundleFixture.MARCH));
            Map<String, JsonNode> documents = valid(bundle);
            assertThat(clocks(documents)).containsOnly("true");
            JsonNode result = documents.get("assessment-results").at("/results/0");
            assertThat(documents.get("assessment-results").path("results").size())
                    .isEqualTo(1);
            JsonNode observations = result.path("observations");
            assertThat(counts(only(observations, "title", "redis-auth on redis-1")))
                    .isEqualTo("2 2 1 1 0 0 0");
            assertThat(counts(only(observations, "title", "redis-auth on redis-2")))
                    .isEqualTo("2 1 1 0 0 0 1");
            JsonNode review = only(observations, "title", "quarterly on redis-1");
            assertThat(review.at("/methods/0").asString() + " " + counts(review))
                    .isEqualTo("EXAMINE 1 1 0 1 1 0 0");
            JsonNode unsigned = only(observations, "title", "quarterly on redis-2");
            assertThat(counts(unsigned) + " " + prop(unsigned, "unknown")).isEqualTo("1 1 0 0 0 0 0 1");
            assertThat(only(result.path("findings"), "title", "nist:AC-2(3)")
                            .at("/target/status")
                            .toString())
                    .contains("\"not-satisfied\"", "\"other\"");
            JsonNode finding = only(result.path("findings"), "title", "iso27001:A.8.9");
            assertThat(finding.at("/target/target-id").asString()).isEqualTo("iso27001-A.8.9_obj");
            assertThat(finding.at("/target/status/state").asString()).isEqualTo("not-satisfied");
            assertThat(finding.at("/target/status/reason").asString()).isEqualTo("fail");
            assertThat(counts(finding, "runs-")).isEqualTo("5 3 2 1 0 0 2");
            assertThat(counts(finding, "reviews-")).isEqualTo("0 0 0 0 0 0 0");
            assertThat(finding.path("related-observations").size()).isEqualTo(3);
            JsonNode accepted = only(result.path("findings"), "title", "nist:CM-6");
            assertThat(accepted.path("target").toString())
                    .contains("\"cm-6_obj\"", "\"not-satisfied\"", "\"other\"", "\"accepted by a waiver\"");
            assertThat(counts(accepted, "reviews-") + " " + prop(accepted, "reviews-on-time"))
                    .isEqualTo("1 1 0 1 1 0 0 1");
            JsonNode risk = only(
                    result.path("risks"),
                    "uuid",
                    accepted.at("/related-risks/0/risk-uuid").asString());
            assertThat(List.of(
                            risk.path("statement").asString(),
                            risk.path("status").asString(),
                            risk.path("deadline").asString(),
                            risk.at("/related-observations/0/observation-uuid").asString()))
                    .containsExactly(
                            "Old client until the migration (2026-06-30)",
                            "deviation-approved",
                            "2026-06-30T23:59:59Z",
                            review.path("uuid").asString());
            JsonNode tasks = documents.get("assessment-plan").path("tasks");
            assertThat(only(tasks, "title", "=Quarterly")
                            .at("/associated-activities/0/subjects/0/include-subjects")
                            .size())
                    .isEqualTo(2);
            JsonNode entry = result.at("/assessment-log/entries/0");
            assertThat(prop(entry, "performed-by") + " " + prop(entry, "outcome"))
                    .isEqualTo("Jeanne =Müller no_change");
            assertThat(prop(entry, "ledger-index")).isNotEmpty();
            List<NamedCsvRecord> exceptions = rows(bundle, "exceptions");
            List<JsonNode> told = observations
                    .valueStream()
                    .filter(one -> !prop(one, "leaf-hash").isEmpty())
                    .toList();
            assertThat(told).hasSameSizeAs(exceptions).isNotEmpty();
            for (JsonNode one : told) {
                assertThat(BundleFixture.read(bundle.resolve("ledger/index.csv")))
                        .contains("\n" + prop(one, "ledger-index") + "," + prop(one, "leaf-hash") + ",");
            }
            JsonNode check = only(documents.get("fedramp-20x").path("validations"), "check", "redis-auth");
            List<NamedCsvRecord> runs = rows(bundle, "expected_vs_actual");
            assertThat(check.at("/runs/expected").asLong()).isEqualTo(runs.size());
            assertThat(check.at("/runs/validationFailures/missed").asLong())
                    .isEqualTo(runs.stream()
                            .filter(row -> row.getField("outcome").equals("missed"))
                            .count());
            assertThat(documents.toString()).contains("\\\\[x](javascript:alert(1)) \\\\<script> Ωmega 東京 🦉\"");

            tamper(fixture, bundle);
        }
    }

    /** The product makes the documents again; the verifiers that stand alone know the files. */
    private static void tamper(BundleFixture fixture, Path bundle) {
        assertThat(fixture.verify(bundle).exitCode()).isZero();
        Path results = bundle.resolve("oscal/assessment-results.json");
        BundleFixture.write(results, BundleFixture.read(results).replace("not-satisfied", "satisfied"));
        fixture.sumAndSign(bundle);
        assertThat(fixture.verify(bundle).lines())
                .anyMatch(line -> line.contains("oscal/assessment-results.json does not follow from the records"));
    }

    @Test
    void eachFrameworkThatWasAskedForIsAResult() {
        try (BundleFixture fixture = new BundleFixture(DatabaseKind.H2, home).ruled()) {
            ExportScope both = new ExportScope(
                    BundleFixture.MARCH.from(), BundleFixture.MARCH.to(), List.of("nist", "iso27001:A.8.9"), List.of());
            JsonNode results =
                    valid(unpacked(fixture.zip(both))).get("assessment-results").path("results");
            assertThat(results.valueStream().map(result -> result.path("title").asString()))
                    .containsExactly("Framework iso27001", "Framework nist");
            assertThat(results.at("/0/observations").size()).isEqualTo(2);
            assertThat(results.at("/1/observations")
                            .valueStream()
                            .map(one -> one.path("title").asString()))
                    .containsExactly("quarterly on redis-1");
        }
    }

    @Test
    void waiversAreRisksAndAnErasedPersonStaysErased() {
        TestClock clock = TestClock.at("2026-01-20T09:00:00Z");
        try (TestApp app = TestApp.start(clock, Map.of())) {
            app.post("/api/v1/people", Map.of("email", "gone@example.org", "name", "Łucja Gone"));
            app.post(
                    "/api/v1/assets",
                    Map.of("ref", "host-1", "name", "Büro 東京", "kind", "host.server", "owner", "gone@example.org"));
            app.post(
                    "/api/v1/assets",
                    Map.of("ref", "host-0", "name", "Old", "kind", "host.server", "owner", "gone@example.org"));
            TestApp.Answer retired = call(app, app.app().token(), "DELETE", "/api/v1/assets/host-0", "");
            assertThat(retired.status()).as(retired.body()).isLessThan(300);
            for (String[] plan : new String[][] {
                {"quarterly", "\"every\":\"P3M\""}, {"second-month", "\"monthly\":{\"day\":15},\"every_months\":2"}
            }) {
                String body = """
                        {"id":"%s","title":"%s","scope":{"assets":["host-1"]},"zone":"UTC","cadence":{%s,"anchor":"2026-02-15"}}
                        """.formatted(plan[0], plan[0], plan[1]);
                call(app, app.app().token(), "POST", "/api/v1/plans", body).is(201);
            }
            app.settle();
            clock.advance(Duration.ofMinutes(1));
            String host = "{\"os\":{\"family\":\"linux\"},\"disks\":[{\"device\":\"sda\",\"encrypted\":false}]}";
            call(app, app.app().token(), "PUT", "/api/v1/assets/host-1/snapshots/host.v1", host);
            app.settle();
            String finding = app.get("/api/v1/findings?state=open&check=host-disk-encryption&asset=host-1")
                    .text("/items/0/id");
            TestApp.Answer asked = call(
                    app,
                    app.tokenOfPerson("the lead", "compliance"),
                    "POST",
                    "/api/v1/findings/" + finding + "/waivers",
                    Json.write(Map.of("category", "accepted-risk", "reason", HOSTILE, "until", "2026-03-10")));
            app.post("/api/v1/waivers/" + asked.text("/ref") + "/approve", Map.of());
            clock.advance(Duration.ofDays(2));
            app.settle();
            String id = app.get("/api/v1/people?q=gone@example.org").text("/items/0/id");
            app.post("/api/v1/people", Map.of("email", "next@example.org", "name", "Next"));
            app.post("/api/v1/people/" + id + "/handover", Map.of("to", "next@example.org"))
                    .is(200);
            TestApp.Answer erased = app.post(
                            "/api/v1/erasures", Map.of("person", "gone@example.org", "basis", "Art. 17"))
                    .is(200);
            app.settle();

            Map<String, JsonNode> documents =
                    valid(unpacked(VerifiedBundle.export(app, Map.of("from", "2026-01-01", "to", "2026-01-31"))
                            .zip()));
            JsonNode result = documents.get("assessment-results").at("/results/0");
            JsonNode risk = result.at("/risks/0");
            assertThat(risk.path("status").asString() + " "
                            + risk.path("deadline").asString())
                    .isEqualTo("deviation-approved 2026-03-10T23:59:59Z");
            assertThat(risk.at("/risk-log/entries").size()).isEqualTo(2);
            JsonNode observed = only(result.path("observations"), "title", "host-disk-encryption on host-1");
            assertThat(risk.at("/related-observations/0/observation-uuid").asString())
                    .isEqualTo(observed.path("uuid").asString());
            assertThat(documents.toString())
                    .contains("[erased 2026-01-22, Art. 17]")
                    .doesNotContain("Łucja");
            assertThat(tasks(documents))
                    .contains("Every fixed disk of the host is encrypted{\"period\":1,\"unit\":\"days\"}")
                    .noneMatch(task -> task.matches("(Redis|quarterly|second-month).*"));

            clock.advance(Duration.ofDays(40));
            app.settle();
            Map<String, JsonNode> february =
                    valid(unpacked(VerifiedBundle.export(app, Map.of("from", "2026-02-01", "to", "2026-02-28"))
                            .zip()));
            assertThat(tasks(february))
                    .contains(
                            "quarterly{\"period\":3,\"unit\":\"months\"}",
                            "second-month{\"period\":2,\"unit\":\"months\"}");
        }
    }

    private static List<String> tasks(Map<String, JsonNode> documents) {
        return documents
                .get("assessment-plan")
                .path("tasks")
                .valueStream()
                .map(task -> task.path("title").asString() + task.at("/timing/at-frequency"))
                .toList();
    }

    /** 50,000 pairs at full scale: 50 checks on 1,000 assets. */
    @Test
    void manyPairsFit() {
        int assets = "full".equals(System.getProperty("ronde.scale")) ? 1_000 : 20;
        try (BundleFixture fixture = new BundleFixture(DatabaseKind.H2, home).lived()) {
            fixture.test.clock.set(Instant.parse("2026-04-20T09:00:00Z"));
            for (int asset = 0; asset < assets; asset++) {
                String ref = "many-" + asset;
                fixture.test.database.useTransaction(tx -> {
                    for (int check = 0; check < 50; check++) {
                        fixture.test.log.append(
                                tx,
                                Evidence.of("check.result", Actor.SYSTEM, Subject.of("check", "check-" + check, 1))
                                        .asset(ref)
                                        .data("check", Map.of("id", "check-" + check, "sha256", "ab"))
                                        .data("due", Instant.parse("2026-04-20T08:59:00Z"))
                                        .data("outcome", "pass"));
                    }
                });
            }
            for (int sealed = 0; sealed < 50 * assets; sealed += 5_000) {
                fixture.test.ledger.seal();
            }
            ExportScope april =
                    new ExportScope(LocalDate.parse("2026-04-01"), LocalDate.parse("2026-04-30"), List.of(), List.of());
            JsonNode results = valid(unpacked(fixture.zip(april))).get("assessment-results");
            assertThat(results.at("/results/0/observations").size()).isEqualTo(50 * assets);
        }
    }

    private static List<NamedCsvRecord> rows(Path bundle, String table) throws IOException {
        try (CsvReader<NamedCsvRecord> reader =
                CsvReader.builder().ofNamedCsvRecord(bundle.resolve("population/" + table + ".csv"))) {
            return reader.stream().toList();
        }
    }
}
