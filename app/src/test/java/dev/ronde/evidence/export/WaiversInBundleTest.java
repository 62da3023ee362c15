package dev.ronde.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.ronde.platform.json.Json;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.VerifiedBundle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The waivers table of a bundle follows from the records alone, also for what was decided before the period began. */
class WaiversInBundleTest {
    private static final String UNENCRYPTED =
            "{\"os\":{\"family\":\"linux\"},\"disks\":[{\"device\":\"sda\",\"encrypted\":false}],"
                    + "\"patches\":{\"pending_security\":0}}";

    @TempDir
    Path folder;

    private final TestClock clock = TestClock.at("2026-01-20T09:00:00Z");

    @Test
    void everyWaiverInForceOrTouchedIsARowWithItsReasonAndWhoDecided() {
        try (TestApp app = TestApp.start(clock, Map.of())) {
            for (String ref : List.of("host-1", "host-2", "host-3")) {
                app.post(
                        "/api/v1/assets",
                        Map.of("ref", ref, "name", ref, "kind", "host.server", "owner", "o@example.org"));
            }
            app.settle();
            clock.advance(Duration.ofMinutes(1));
            for (String ref : List.of("host-1", "host-2", "host-3")) {
                call(app, app.app().token(), "PUT", "/api/v1/assets/" + ref + "/snapshots/host.v1", UNENCRYPTED);
            }
            app.settle();
            String lead = app.tokenOfPerson("the lead", "compliance");
            String inForce = approved(app, lead, "host-1", "2026-03-10");
            String ended = approved(app, lead, "host-2", "2026-01-31");
            clock.advance(Duration.ofDays(20));
            app.settle();
            String asked = ask(app, lead, "host-3", "2026-04-01");
            app.settle();

            Path march = export(app, Map.of("from", "2026-03-01", "to", "2026-03-31"));
            Map<String, NamedCsvRecord> rows = rows(march);
            assertThat(rows.keySet()).containsExactly(inForce);
            NamedCsvRecord row = rows.get(inForce);
            assertThat(row.getField("state")).isEqualTo("active");
            assertThat(row.getField("asset")).isEqualTo("host-1");
            assertThat(row.getField("check")).isEqualTo("host-disk-encryption");
            assertThat(row.getField("reason")).isEqualTo("A lab machine, host-1.");
            assertThat(row.getField("until")).isEqualTo("2026-03-10");
            assertThat(row.getField("ticket")).isEqualTo("OPS-7, ask Lou Private");
            assertThat(row.getField("requested_by")).isEqualTo("the lead (token of the lead in person)");
            assertThat(row.getField("approved_by")).startsWith("command:");
            assertThat(row.getField("bound_to")).startsWith("sha256:");

            Path both = export(app, Map.of("from", "2026-01-01", "to", "2026-02-28"));
            assertThat(BundleFixture.read(both.resolve("data/records.jsonl")))
                    .as("what people write stays outside of the sealed records")
                    .contains("waiver.requested")
                    .doesNotContain("Lou Private");
            assertThat(BundleFixture.read(both.resolve("data/private.jsonl"))).contains("Lou Private");
            Map<String, NamedCsvRecord> whole = rows(both);
            assertThat(whole.keySet()).containsExactlyInAnyOrder(inForce, ended, asked);
            assertThat(whole.get(ended).getField("state")).isEqualTo("expired");
            assertThat(whole.get(ended).getField("expired_at")).isNotEmpty();
            assertThat(whole.get(asked).getField("state")).isEqualTo("requested");
            assertThat(whole.get(asked).getField("approved_by")).isEmpty();

            assertThat(rows(export(app, Map.of("from", "2026-01-01", "to", "2026-02-28", "assets", List.of("host-2"))))
                            .keySet())
                    .containsExactly(ended);
        }
    }

    @Test
    void anAttestationOverAnAcceptedFailureNamesItsWaiverOnThePageInTheApiAndInTheFiles() {
        try (TestApp app = TestApp.start(clock, Map.of())) {
            app.post(
                    "/api/v1/assets",
                    Map.of("ref", "host-1", "name", "Lab", "kind", "host.server", "owner", "o@example.org"));
            app.settle();
            clock.advance(Duration.ofMinutes(1));
            call(app, app.app().token(), "PUT", "/api/v1/assets/host-1/snapshots/host.v1", UNENCRYPTED);
            app.settle();
            String lead = app.tokenOfPerson("the lead", "compliance");
            String waiver = approved(app, lead, "host-1", "2026-03-10");
            String plan = """
                    {"id":"monthly","title":"Monthly","scope":{"assets":["host-1"]},"zone":"Europe/Paris",
                     "cadence":{"every":"P1M","anchor":"2026-01-25"},"required_protections":["encryption-at-rest"]}""";
            call(app, app.app().token(), "POST", "/api/v1/plans", plan).is(201);
            app.settle();
            JsonNode review = app.get("/api/v1/reviews?state=open").json().at("/items/0");
            String ref = review.path("ref").asString();
            JsonNode told = app.post(
                            "/api/v1/reviews/" + ref + "/attest",
                            Map.of(
                                    "outcome",
                                    "no_change",
                                    "snapshot_digest",
                                    review.path("snapshot_digest").asString()))
                    .is(200)
                    .json()
                    .at("/attestation/waiver");
            assertThat(told.path("reason").asString("")).isEqualTo(waiver + ": A lab machine, host-1.");
            assertThat(told.path("until").asString("")).isEqualTo("2026-03-10");
            String cell = waiver + ": A lab machine, host-1. (2026-03-10)";
            assertThat(app.get("/reviews/" + ref).body()).contains(waiver + ": A lab machine, host-1.");
            assertThat(row(app.get("/reviews.csv").body(), ref).getField("waiver"))
                    .isEqualTo(cell);
            Path bundle = export(app, Map.of("from", "2026-01-01", "to", "2026-01-31"));
            assertThat(row(BundleFixture.read(bundle.resolve("population/reviews.csv")), ref)
                            .getField("waiver"))
                    .isEqualTo(cell);
        }
    }

    private static NamedCsvRecord row(String csv, String ref) {
        return CsvReader.builder().ofNamedCsvRecord(csv.replace("\ufeff", "")).stream()
                .filter(one -> one.getField("ref").equals(ref))
                .findFirst()
                .orElseThrow();
    }

    private String approved(TestApp app, String lead, String asset, String until) {
        String ref = ask(app, lead, asset, until);
        app.post("/api/v1/waivers/" + ref + "/approve", Map.of()).is(200);
        return ref;
    }

    private static String ask(TestApp app, String lead, String asset, String until) {
        String finding = app.get("/api/v1/findings?state=open&check=host-disk-encryption&asset=" + asset)
                .text("/items/0/id");
        JsonNode answer = call(
                        app,
                        lead,
                        "POST",
                        "/api/v1/findings/" + finding + "/waivers",
                        Json.write(Map.of(
                                "category",
                                "accepted-risk",
                                "reason",
                                "A lab machine, " + asset + ".",
                                "ticket",
                                "OPS-7, ask Lou Private",
                                "until",
                                until)))
                .json();
        assertThat(answer.path("ref").asString("")).as(answer.toString()).startsWith("W-");
        return answer.path("ref").asString();
    }

    private static TestApp.Answer call(TestApp app, String token, String method, String path, String body) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Authorization", "Bearer " + token);
        headers.put("Content-Type", "application/json");
        return app.call(method, path, body, headers);
    }

    private Path export(TestApp app, Map<String, Object> scope) {
        VerifiedBundle bundle = VerifiedBundle.export(app, scope);
        return BundleFixture.unpack(bundle.zip(), folder.resolve(bundle.id()));
    }

    private static Map<String, NamedCsvRecord> rows(Path bundle) {
        Map<String, NamedCsvRecord> rows = new TreeMap<>();
        CsvReader.builder()
                .ofNamedCsvRecord(BundleFixture.read(bundle.resolve("population/waivers.csv")))
                .forEach(row -> rows.put(row.getField("waiver"), row));
        return rows;
    }
}
