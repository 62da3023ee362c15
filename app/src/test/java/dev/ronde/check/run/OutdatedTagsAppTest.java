package dev.ronde.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tag that was fine when it was saved, and that its check does not take any more, holds no change of its asset up. */
final class OutdatedTagsAppTest {
    private static final String CHECK = """
            apiVersion: checks/v1
            id: sound
            version: %s
            title: The system is known
            protection: patch-level
            severity: low
            rationale: Who does not know the system cannot look after it.
            remediation: {summary: Tell it., steps: [Push.], verify: Pull.}
            mappings: {nist: [SI-2]}
            appliesTo: {kinds: [host.server]}
            params: {days: {type: int, default: 1, min: 0, max: %s}}
            schedule: {every: P1D, onChange: true, freshFor: P2D}
            probe: {type: snapshot, source: host.v1, safety: passive}
            facts: host.v1
            assert:
              - {id: told, expr: "facts.os.family != '' || params.days > 0", message: "Not told."}
            evidence: {keep: [facts.snapshot, facts.os]}
            tests:
              - {name: told, expect: pass, facts: {snapshot: {digest: "sha256:00", collectedAt: "2026-03-02T06:00:00Z"}, os: {family: linux}}}
            """;
    private static final String OUTDATED = "param:sound.days=7";

    @TempDir
    Path checks;

    @TempDir
    Path home;

    private TestApp start(int version, int most) throws IOException {
        Files.writeString(checks.resolve("sound.yaml"), CHECK.formatted(version, most));
        return TestApp.start(new TestClock(), Map.of(Setting.CHECKS, checks.toString(), Setting.HOME, home.toString()));
    }

    private static TestApp.Answer call(TestApp app, String method, String path, Object body, String type) {
        return app.call(
                method,
                path,
                body,
                Map.of("Authorization", "Bearer " + app.app().token(), "Content-Type", type, "If-Match", "*"));
    }

    private static TestApp.Answer patch(TestApp app, Map<String, Object> body) {
        return call(app, "PATCH", "/api/v1/assets/host-1", body, "application/merge-patch+json");
    }

    private static TestApp.Answer imported(TestApp app, String csv) {
        return call(app, "POST", "/api/v1/assets/import?on_conflict=update", csv, "text/csv");
    }

    private static String owner(TestApp app) {
        return app.get("/api/v1/assets/host-1").json().path("owner").asString();
    }

    /** The page of the run that could not use the tag. */
    private static String said(TestApp app, String language) {
        assertThat(call(
                                app,
                                "PUT",
                                "/api/v1/assets/host-1/snapshots/host.v1",
                                "{\"os\":{\"family\":\"linux\"}}",
                                "application/json")
                        .status())
                .isIn(200, 201);
        app.settle();
        String run = app.get("/api/v1/check-runs?asset=host-1&check=sound")
                .json()
                .at("/items/0/id")
                .asString();
        return app.call(
                        "GET",
                        "/checks/runs/" + run,
                        null,
                        Map.of("Authorization", "Bearer " + app.app().token(), "Accept-Language", language))
                .body();
    }

    @Test
    void holdNothingUp() throws IOException {
        try (TestApp app = start(1, 9)) {
            Map<String, Object> asset = Map.of(
                    "ref",
                    "host-1",
                    "name",
                    "Host",
                    "kind",
                    "host.server",
                    "owner",
                    "olga@example.org",
                    "tags",
                    List.of(OUTDATED));
            assertThat(app.post("/api/v1/assets", asset).status()).isEqualTo(201);
            assertThat(app.post("/api/v1/people", Map.of("email", "omar@example.org", "name", "O", "role", "owner"))
                            .status())
                    .isEqualTo(201);
        }
        try (TestApp app = start(2, 5)) {
            assertThat(said(app, "en"))
                    .contains("<p>the tag &#39;" + OUTDATED + "&#39; cannot be used: days must be at most 5.</p>");
            assertThat(said(app, "fr"))
                    .contains("<p>L’étiquette " + OUTDATED + " ne peut pas servir. days doit valoir au plus 5.</p>");
            TestApp.Answer wrong = patch(app, Map.of("tags", List.of(OUTDATED, "param:sound.days=8")));
            assertThat(wrong.status()).isEqualTo(422);
            assertThat(wrong.json().at("/errors/0/code").asString(""))
                    .as(wrong.body())
                    .isEqualTo("bad_parameter_tag");
            assertThat(wrong.json().at("/errors")).hasSize(1);
            TestApp.Answer more = patch(app, Map.of("tags", List.of(OUTDATED, "rack-7")));
            assertThat(more.status()).as(more.body()).isEqualTo(200);

            TestApp.Answer columns = imported(
                    app,
                    "ref,name,kind,owner_email,unit\n"
                            + "host-1,Host,host.server,olga@example.org,Shop\nhost-2,H,host.server,olga@example.org,\n");
            assertThat(columns.json().path("updated").asInt())
                    .as(columns.body())
                    .isOne();
            assertThat(columns.json().path("created").asInt()).isOne();
            TestApp.Answer again = imported(
                    app,
                    "ref,name,kind,owner_email,unit,tags\n"
                            + "host-1,Host,host.server,olga@example.org,Shops," + OUTDATED + "|rack-7\n"
                            + "host-3,H,host.server,olga@example.org,," + OUTDATED + "\n");
            assertThat(again.json().path("updated").asInt()).as(again.body()).isOne();
            assertThat(again.json().path("refused").asInt()).isOne();
            assertThat(again.body()).contains("bad_parameter_tag", "\"line\":3");

            String olga = app.get("/api/v1/people?q=olga@example.org")
                    .json()
                    .at("/items/0/id")
                    .asString();
            TestApp.Answer given = app.post(
                    "/api/v1/people/" + olga + "/handover", Map.of("to", "omar@example.org", "deactivate", false));
            assertThat(given.status()).as(given.body()).isEqualTo(200);
            assertThat(owner(app)).isEqualTo("omar@example.org");

            TestApp.Answer retired = call(app, "DELETE", "/api/v1/assets/host-1", null, "application/json");
            assertThat(retired.status()).as(retired.body()).isEqualTo(200);
        }
    }
}
