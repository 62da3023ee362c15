package dev.ronde.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.verify.EvidenceVerify;
import dev.ronde.platform.json.Json;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.VerifiedBundle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules in force in a period, what changed in them, and who everybody is: from the bundle alone, whatever its scope. */
class RulesInBundleTest {
    private static final String PLAN = """
            {"id":"monthly","title":"Monthly","scope":{"assets":["web-1"]},"zone":"Europe/Paris",
             "cadence":{"every":"P1M","anchor":"2026-04-25"},"max_gap_days":%d,"approval":{"default":"second_person"}}""";

    @TempDir
    Path home;

    private final TestClock clock = TestClock.at("2026-02-27T09:00:00Z");

    @Test
    void aPlanLoosenedInTheQuarterShowsWhatItWasAndWhoDidIt() {
        try (TestApp app = TestApp.start(clock, Map.of())) {
            for (String ref : List.of("web-1", "web-2")) {
                app.post(
                        "/api/v1/assets",
                        Map.of("ref", ref, "name", ref, "kind", "host.server", "owner", "o@example.org"));
            }
            String lead = app.tokenOfPerson("the lead", "compliance");
            put(app, lead, "POST", "/api/v1/plans", PLAN.formatted(45), 201);
            app.post("/api/v1/probing/stop", Map.of("reason", "Storage moves"));
            clock.advance(Duration.ofDays(3));
            app.settle();
            put(app, lead, "PUT", "/api/v1/plans/monthly", PLAN.formatted(62), 200);
            app.post("/api/v1/probing/resume", Map.of());
            clock.advance(Duration.ofDays(1));
            app.settle();
            for (Map<String, Object> scope : List.<Map<String, Object>>of(
                    Map.of("from", "2026-03-01", "to", "2026-03-31"),
                    Map.of("from", "2026-03-01", "to", "2026-03-31", "assets", List.of("web-2")))) {
                VerifiedBundle bundle = VerifiedBundle.export(app, scope);
                List<NamedCsvRecord> plans = rows(bundle, "plans.csv");
                assertThat(plans)
                        .extracting(row -> row.getField("max_gap_days"))
                        .containsExactly("45", "62");
                NamedCsvRecord before = plans.get(0);
                assertThat(before.getField("approval")).isEqualTo("default=second_person");
                assertThat(before.getField("cadence")).isEqualTo("anchor=2026-04-25; every=P1M");
                assertThat(before.getField("from")).startsWith("2026-02-27");
                assertThat(before.getField("to"))
                        .isEqualTo(plans.get(1).getField("from"))
                        .startsWith("2026-03-02");
                assertThat(plans.get(1).getField("to")).isEmpty();
                NamedCsvRecord change = rows(bundle, "changes.csv").stream()
                        .filter(row -> row.getField("type").equals("plan.changed"))
                        .reduce((one, other) -> other)
                        .orElseThrow();
                assertThat(List.of(change.getField("field"), change.getField("before"), change.getField("after")))
                        .containsExactly("max_gap_days", "45", "62");
                assertThat(change.getField("before_index")).isEqualTo(before.getField("index"));
                assertThat(rows(bundle, "changes.csv"))
                        .filteredOn(row -> row.getField("type").equals("probing.resumed"))
                        .isNotEmpty();
                List<NamedCsvRecord> people = rows(bundle, "users_and_roles.csv");
                NamedCsvRecord token = of(people, change.getField("by"));
                assertThat(token.getField("name")).isEqualTo("the lead (token)");
                assertThat(token.getField("role")).isEqualTo("compliance");
                NamedCsvRecord person = of(people, token.getField("appointed_by"));
                assertThat(person.getField("name")).isEqualTo("the lead in person");
                assertThat(person.getField("role")).isEqualTo("compliance");
                assertThat(person.getField("to")).isEmpty();
                assertThat(of(people, person.getField("appointed_by")).getField("name"))
                        .endsWith("(command on the server)");
            }
        }
    }

    /** A command says who gave it, also with a token; who leaves and comes back had no role between. */
    @Test
    void aCommandIsByItsUserAndARoleHasABeginningAndAnEnd() {
        try (TestApp app = TestApp.start(clock, Map.of())) {
            String token = app.tokenOfPerson("the admin", "admin");
            Map<String, String> shell = app.operator("Ronde-User", "ann lee");
            Map<String, String> remote = TestApp.bearer(token, "Ronde-User", "bob");
            app.call("POST", "/api/v1/probing/stop", Map.of("reason", "Storage moves"), shell);
            app.call("POST", "/api/v1/probing/resume", Map.of(), remote);
            String lou = app.call(
                            "POST",
                            "/api/v1/people",
                            Map.of("email", "lou@example.net", "name", "Lou", "role", "auditor"),
                            shell)
                    .text("/id");
            for (boolean active : new boolean[] {false, true}) {
                clock.advance(Duration.ofDays(2));
                put(app, token, "PATCH", "/api/v1/people/" + lou, "{\"active\":" + active + "}", 200);
            }
            VerifiedBundle bundle = VerifiedBundle.export(app, Map.of("from", "2026-03-02", "to", "2026-03-31"));
            List<NamedCsvRecord> people = rows(bundle, "users_and_roles.csv");
            assertThat(people)
                    .filteredOn(row -> row.getField("name").equals("Lou"))
                    .extracting(row -> row.getField("role") + " " + row.getField("from") + " " + row.getField("to"))
                    .containsExactly(
                            "auditor 2026-02-27T09:00:00Z 2026-03-01T09:00:00Z", "auditor 2026-03-03T09:00:00Z ");
            assertThat(of(people, "command:ann_lee").getField("name")).isEqualTo("ann_lee (command on the server)");
            assertThat(new String(bundle.file("data/", "records.jsonl"), StandardCharsets.UTF_8).lines())
                    .filteredOn(line -> line.contains("\"type\":\"probing.resumed\""))
                    .singleElement()
                    .asString()
                    .contains("\"auth\":\"token command:bob\"");
        }
    }

    /** No scope withholds a rule, and the verifier writes each table again. */
    @Test
    void nothingOfTheRulesIsHiddenOrEdited() {
        ExportScope narrow =
                new ExportScope(BundleFixture.MARCH.from(), BundleFixture.MARCH.to(), List.of(), List.of("redis-2"));
        try (BundleFixture fixture = new BundleFixture(DatabaseKind.H2, home).ruled()) {
            Path zip = fixture.zip(narrow);
            assertThat(fixture.verify(zip).exitCode()).isZero();
            assertThat(BundleFixture.lines(
                            BundleFixture.unpack(zip, home.resolve("honest")).resolve("population/changes.csv")))
                    .as("the settings of before March, then what changed in them")
                    .filteredOn(row -> row.contains("config.changed"))
                    .extracting(row -> row.replaceAll(",command:.*", ""))
                    .containsExactly(
                            "2026-02-20T08:00:00Z,config.changed,1,RONDE_PROBE_ALLOW,,10.0.0.0/8:443",
                            "2026-02-20T08:00:00Z,config.changed,1,RONDE_ZONE,,UTC",
                            "2026-03-01T08:00:00Z,config.changed,1,RONDE_PROBE_ALLOW,10.0.0.0/8:443,");
            Path honest =
                    home.resolve("honest").resolve(zip.getFileName().toString().replace(".zip", ""));
            assertThat(BundleFixture.read(honest.resolve("reports/report.html")))
                    .as("what was set as the period began is no change in it")
                    .contains("RONDE_PROBE_ALLOW")
                    .doesNotContain("RONDE_ZONE");
            assertThat(BundleFixture.lines(honest.resolve("population/checks.csv")))
                    .filteredOn(row -> row.startsWith("redis-auth,aa,Redis asks,critical,"))
                    .singleElement()
                    .asString()
                    .endsWith(",false,2026-03-01T08:00:00Z");
            for (String type : List.of("plan.created", "plan.changed", "role.granted", "config.changed")) {
                Path folder = BundleFixture.unpack(zip, home.resolve(type));
                new Forger(fixture, folder)
                        .withhold(record -> record.contains("\"type\":\"" + type + "\""), "outside the scope");
                EvidenceVerify.Result hidden = fixture.verify(folder);
                assertThat(hidden.exitCode()).isEqualTo(24);
                assertThat(String.join("\n", hidden.lines())).contains("(" + type + ") is withheld");
            }
            for (List<String> edit : List.of(
                    List.of("plans.csv", ",45,", ",62,"),
                    List.of("checks.csv", ",2026-03-01T08:00:00Z\n", ",\n"),
                    List.of("changes.csv", ",45,62,", ",62,62,"),
                    List.of("users_and_roles.csv", ",compliance,", ",auditor,"))) {
                Path folder = BundleFixture.unpack(zip, home.resolve("edited-" + edit.get(0)));
                Path table = folder.resolve("population").resolve(edit.get(0));
                assertThat(BundleFixture.read(table)).contains(edit.get(1));
                BundleFixture.write(table, BundleFixture.read(table).replace(edit.get(1), edit.get(2)));
                fixture.sumAndSign(folder);
                assertThat(fixture.verify(folder).exitCode()).as(edit.get(0)).isEqualTo(21);
            }
        }
    }

    private static void put(TestApp app, String token, String method, String path, String body, int status) {
        app.call(
                        method,
                        path,
                        Json.tree(body),
                        TestApp.bearer(token, "Content-Type", "application/json", "If-Match", "*"))
                .is(status);
    }

    private static List<NamedCsvRecord> rows(VerifiedBundle bundle, String table) {
        return CsvReader.builder().ofNamedCsvRecord(bundle.table(table)).stream()
                .toList();
    }

    private static NamedCsvRecord of(List<NamedCsvRecord> people, String ref) {
        return people.stream()
                .filter(row -> row.getField("actor_ref").equals(ref))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody is " + ref));
    }
}
