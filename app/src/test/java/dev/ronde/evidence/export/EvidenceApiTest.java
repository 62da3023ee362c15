package dev.ronde.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.verify.EvidenceVerify;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An export asked for, made, taken and verified over HTTP. */
class EvidenceApiTest {
    @TempDir
    Path folder;

    @Test
    void refusesWhatCannotBeExportedWithThePlaceOfEachError() {
        try (TestApp app = TestApp.start(new TestClock(), Map.of())) {
            TestApp.Answer refused = app.post(
                            "/api/v1/evidence/exports",
                            Map.of("from", "2026-03-02", "to", "2026-03-01", "assets", List.of("../etc")))
                    .is(422);
            assertThat(refused.body()).contains("/to", "/assets/0");
            app.post("/api/v1/evidence/exports", Map.of()).is(422);
            app.get("/api/v1/evidence/records?colour=red").is(400);
            app.get("/api/v1/evidence/records?from=yesterday").is(400);
            app.get("/api/v1/evidence/exports/nothing/download").is(404);
            app.call("GET", "/api/v1/ledger/checkpoint", null, Map.of()).is(401);
            assertThat(app.get("/evidence").is(200).body())
                    .contains("/evidence/exports", "+")
                    .doesNotContain("⟦");
        }
    }

    @Test
    void aCheckpointIsRememberedOnceItWasGivenOutAndOnlyThen() {
        TestClock clock = new TestClock();
        try (TestApp app = TestApp.start(clock, Map.of())) {
            app.settle();
            assertThat(app.get("/api/v1/ledger").json().propertyNames())
                    .containsExactlyInAnyOrder("origin", "vkey", "pending", "alarm");
            app.call("HEAD", "/api/v1/ledger/checkpoint", null).is(200);
            assertThat(shown(app)).isEmpty();
            long size = app.get("/api/v1/ledger/checkpoint")
                    .json()
                    .path("tree_size")
                    .asLong();
            assertThat(shown(app)).containsExactly(size);

            String record = app.get("/api/v1/evidence/records?limit=1").text("/items/0/id");
            app.post("/api/v1/ledger/verify", Map.of());
            clock.advance(Duration.ofMinutes(1));
            app.settle();
            long later = app.get("/api/v1/ledger/proof/" + record)
                    .json()
                    .path("tree_size")
                    .asLong();
            assertThat(later).isGreaterThan(size);
            assertThat(shown(app)).as("a proof holds a signed note as well").containsExactly(size, later);

            String consistency = "/api/v1/ledger/consistency?from=" + size + "&to=" + later;
            assertThat(app.call(
                                    "GET",
                                    consistency,
                                    null,
                                    Map.of(
                                            "Accept",
                                            "text/plain",
                                            "Authorization",
                                            "Bearer " + app.app().token()))
                            .body())
                    .startsWith("old " + size + "\n")
                    .isEqualTo(app.get(consistency).text("/consistency"));
            app.get(consistency + "9").is(404);
            for (String wrong : List.of("", "?from=x", "?from=" + later + "&to=" + size, "?from=1&up=2")) {
                assertThat(app.get("/api/v1/ledger/consistency" + wrong).status())
                        .as(wrong)
                        .isEqualTo(400);
            }
        }
    }

    private static List<Long> shown(TestApp app) {
        return app.app()
                .database()
                .read(handle -> handle.createQuery(
                                "select tree_size from ledger_anchor where kind = 'shown' order by tree_size")
                        .mapTo(Long.class)
                        .list());
    }

    @Test
    void anExportIsMadeTakenRecordedAndVerifies() throws Exception {
        try (TestApp app = TestApp.start(new TestClock(), Map.of())) {
            TestApp.Answer asked = app.post(
                            "/api/v1/evidence/exports", Map.of("from", "2026-03-01", "to", "2030-12-31"))
                    .is(202);
            assertThat(asked.header("Location")).startsWith("/api/v1/jobs/");
            app.settle();
            JsonNode job = app.get(asked.header("Location")).json();
            assertThat(job.path("state").asString("")).as(job.toString()).isEqualTo("done");
            String url = job.path("result_url").asString("");
            assertThat(app.get(url).is(200).header("Content-Type")).isEqualTo("application/zip");
            JsonNode export =
                    app.get("/api/v1/evidence/exports").json().path("items").get(0);
            Path zip = app.home()
                    .resolve("exports")
                    .resolve(export.path("file_name").asString(""));
            assertThat(BundleFolder.sha256(zip)).isEqualTo(export.path("sha256").asString(""));
            JsonNode checkpoint = app.get("/api/v1/ledger/checkpoint").json();
            String key = checkpoint.path("vkey").asString("");
            EvidenceVerify.Result result =
                    EvidenceVerify.verify(new EvidenceVerify.Request(zip, key, List.of(), false));
            assertThat(result.exitCode()).as(String.join("\n", result.lines())).isZero();
            JsonNode records = app.get("/api/v1/evidence/records?type=export.downloaded&from=2026-03-01&to=2026-03-02")
                    .json();
            assertThat(records.path("total").path("count").asInt(0)).isEqualTo(1);
            String id = records.path("items").get(0).path("id").asString("");
            JsonNode proof = app.get("/api/v1/ledger/proof/" + id).json();
            assertThat(proof.path("tlog_proof").asString("")).contains("c2sp.org/tlog-proof@v1");
            assertThat(app.get("/api/v1/evidence/records?limit=1")
                            .json()
                            .path("next_cursor")
                            .isNull())
                    .isFalse();
            assertThat(app.post("/api/v1/ledger/verify", Map.of())
                            .json()
                            .path("faults")
                            .isEmpty())
                    .isTrue();
            assertThat(app.get(url.replace("/download", "/sha256")).body()).endsWith(".zip\n");
            app.get(url.replace("/download", "/tlog-proof")).is(200);
        }
    }
}
