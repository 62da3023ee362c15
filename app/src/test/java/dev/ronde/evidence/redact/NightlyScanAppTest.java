package dev.ronde.evidence.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A result that got past older rules is found in the night, by itself, and whoever looks at the evidence is told where. */
final class NightlyScanAppTest {
    private final TestClock clock = new TestClock();

    @Test
    void theNightFindsItAndThePageAndTheApiTellWhere() {
        try (TestApp app = TestApp.start(clock, Map.of())) {
            app.settle();
            EvidenceLog log = new EvidenceLog(clock, "another-node");
            app.app()
                    .database()
                    .useTransaction(tx -> log.append(
                            tx,
                            Evidence.of("check.result", Actor.SYSTEM, Subject.of("check", "web-check", 1))
                                    .asset("web-01")
                                    .data("facts", Map.of("root", Map.of("note", "ask jane.doe @example.org")))
                                    .data("outcome", "pass")));
            assertThat(told(app).path("hits").asInt()).isZero();
            assertThat(app.get("/evidence").body()).doesNotContain("facts.root.note");

            clock.advance(Duration.ofHours(24));
            app.settle();

            JsonNode report = told(app);
            assertThat(report.path("hits").asInt()).as(report.toString()).isEqualTo(1);
            assertThat(report.at("/items/0/place").asString()).isEqualTo("facts.root.note");
            assertThat(report.at("/items/0/rule").asString()).isEqualTo("email");
            assertThat(app.get("/evidence").body())
                    .contains("facts.root.note", "web-01")
                    .doesNotContain("jane");
            assertThat(app.get("/api/v1/evidence/records?type=redaction.scanned")
                            .body())
                    .contains("redaction.scanned")
                    .doesNotContain("jane");
        }
    }

    private static JsonNode told(TestApp app) {
        return app.get("/api/v1/evidence/redactions").json();
    }
}
