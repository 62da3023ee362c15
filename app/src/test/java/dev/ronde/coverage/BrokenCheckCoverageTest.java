package dev.ronde.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.CheckedEstate;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** However a check file breaks, its check is missed where it stood: nothing counts as on because nothing looks any more. */
final class BrokenCheckCoverageTest {
    private static final String TIME = """
            apiVersion: checks/v1
            id: few-updates-wait
            version: 1
            title: Few updates wait
            protection: 'patch-level' # which
            severity: low
            rationale: Updates close holes.
            remediation: {summary: Install them., steps: [Install them.], verify: Run again.}
            mappings: {nist: [SI-2]}
            appliesTo: {kinds: [host.linux]}
            schedule: {every: P1D, onChange: true, freshFor: P2D}
            probe: {type: snapshot, source: host.v1, safety: passive}
            facts: host.v1
            require:
              - {id: reported, expr: "has(facts.patches) && has(facts.patches.pending_security)", reason: snapshot-incomplete}
            assert:
              - {id: few, expr: "facts.patches.pending_security < 1", message: "{{facts.patches.pending_security}} updates wait."}
            evidence: {keep: [facts.patches]}
            tests:
              - {name: few, expect: pass, facts: {snapshot: {digest: "sha256:00", collectedAt: "2026-03-02T06:00:00Z"}, os: {family: linux}, patches: {pending_security: 0}}}
            """;
    private static final String ALWAYS = TIME.replace("few-updates-wait", "updates-told")
            .replace("pending_security < 1", "pending_security < 1000")
            .replace("severity: low", "severity: high");

    private final TestClock clock = new TestClock();

    @TempDir
    Path folder;

    private CheckedEstate start() {
        return CheckedEstate.start(
                clock,
                Map.of(
                        Setting.CHECKS,
                        folder.resolve("checks").toString(),
                        Setting.HOME,
                        folder.resolve("home").toString()));
    }

    private void write(String file) throws IOException {
        Files.createDirectories(folder.resolve("checks"));
        Files.writeString(folder.resolve("checks/few-updates-wait.yaml"), file);
        Files.writeString(folder.resolve("checks/updates-told.yaml"), ALWAYS);
        // the packaged one would be without facts here
        Files.writeString(
                folder.resolve("checks/host-patch-level.yaml"), ALWAYS.replace("updates-told", "host-patch-level"));
    }

    private static JsonNode protection(CheckedEstate app, String key) {
        return app.get("/api/v1/assets/h1/protections")
                .path("protections")
                .valueStream()
                .filter(of -> of.path("key").asString().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static String result(JsonNode protection, String check) {
        return protection
                .path("checks")
                .valueStream()
                .filter(of -> of.path("check").asString().equals(check))
                .map(of ->
                        of.path("outcome").asString() + " " + of.path("reason").asString(""))
                .findFirst()
                .orElse("absent");
    }

    @Test
    void isMissedWhereItStoodHoweverTheFileBreaks() throws IOException {
        write(TIME);
        try (CheckedEstate app = start()) {
            app.asset("h1", "host.linux");
            app.pushed("h1", "host.v1", "{'os':{'family':'linux'},'patches':{'pending_security':3}}");
            assertThat(result(protection(app, "patch-level"), "few-updates-wait"))
                    .startsWith("fail");
            assertThat(protection(app, "patch-level").path("state").asString()).isEqualTo("partly");
        }
        for (String what : List.of(TIME.replace("severity: low", "severity: nope"), "")) {
            write(what);
            clock.advance(Duration.ofMinutes(1));
            try (CheckedEstate app = start()) {
                app.settle();
                JsonNode protection = protection(app, "patch-level");
                assertThat(result(protection, "few-updates-wait")).as(what).isEqualTo("error definition-invalid");
                assertThat(protection.path("state").asString()).as(what).isEqualTo("partly");
                assertThat(app.get("/api/v1/coverage/gaps?asset=h1&gap=lasting_error")
                                .path("items")
                                .findValuesAsString("check"))
                        .as("from the first: " + what)
                        .containsExactly("few-updates-wait");
                JsonNode control = app.get("/api/v1/coverage/frameworks/nist")
                        .path("controls")
                        .valueStream()
                        .filter(of -> of.path("control").asString().equals("SI-2"))
                        .findFirst()
                        .orElseThrow();
                assertThat(control.path("state").asString()).as(what).isEqualTo("partly");
                assertThat(control.path("checks")
                                .valueStream()
                                .filter(of -> of.path("check").asString().equals("few-updates-wait"))
                                .map(of -> of.at("/counts/error").asInt()))
                        .as(what)
                        .containsExactly(1);
                assertThat(app.get("/api/v1/coverage").path("counts"))
                        .as("the sums say what the asset says: " + what)
                        .isEqualTo(app.get("/api/v1/assets/h1/protections").path("counts"));
            }
        }
    }

    @Test
    void thePackagedCheckStaysInForceWhereTheOperatorsFileIsBroken() throws IOException {
        Files.createDirectories(folder.resolve("checks"));
        Files.writeString(folder.resolve("checks/host-patch-level.yaml"), "[");
        try (CheckedEstate app = start()) {
            app.asset("h1", "host.linux");
            app.settle();
            JsonNode check = app.get("/api/v1/checks/host-patch-level");
            assertThat(check.path("state").asString()).isEqualTo("sound");
            assertThat(check.path("origin").asString()).isEqualTo("packaged");
            assertThat(check.path("problems")).isNotEmpty();
            assertThat(result(protection(app, "patch-level"), "host-patch-level"))
                    .isNotEqualTo("absent")
                    .doesNotContain("definition-invalid");
            assertThat(app.page("/checks/host-patch-level")).contains("The packaged check stays in force");
        }
    }
}
