package dev.ronde.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
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

    private TestApp start() {
        return TestApp.start(
                clock,
                Map.of(
                        Setting.CHECKS,
                        folder.resolve("checks").toString(),
                        Setting.HOME,
                        folder.resolve("home").toString()));
    }

    private void write(byte[] file) throws IOException {
        Files.createDirectories(folder.resolve("checks"));
        Files.write(folder.resolve("checks/few-updates-wait.yaml"), file);
        Files.writeString(folder.resolve("checks/updates-told.yaml"), ALWAYS);
        // the packaged one would be without facts here
        Files.writeString(
                folder.resolve("checks/host-patch-level.yaml"), ALWAYS.replace("updates-told", "host-patch-level"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode get(TestApp app, String path) {
        TestApp.Answer answer = app.get(path);
        assertThat(answer.status()).as(path + ": " + answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode protection(TestApp app, String key) {
        return StreamSupport.stream(
                        get(app, "/api/v1/assets/h1/protections")
                                .path("protections")
                                .spliterator(),
                        false)
                .filter(of -> of.path("key").asString().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static String result(JsonNode protection, String check) {
        return StreamSupport.stream(protection.path("checks").spliterator(), false)
                .filter(of -> of.path("check").asString().equals(check))
                .map(of ->
                        of.path("outcome").asString() + " " + of.path("reason").asString(""))
                .findFirst()
                .orElse("absent");
    }

    @Test
    void isMissedWhereItStoodHoweverTheFileBreaks() throws IOException {
        write(bytes(TIME));
        try (TestApp app = start()) {
            app.post(
                    "/api/v1/assets", Map.of("ref", "h1", "name", "H", "kind", "host.linux", "owner", "o@example.com"));
            clock.advance(Duration.ofMinutes(1));
            app.call(
                    "PUT",
                    "/api/v1/assets/h1/snapshots/host.v1",
                    "{\"os\":{\"family\":\"linux\"},\"patches\":{\"pending_security\":3}}",
                    Map.of("Authorization", "Bearer " + app.app().token(), "Content-Type", "application/json"));
            app.settle();
            assertThat(result(protection(app, "patch-level"), "few-updates-wait"))
                    .startsWith("fail");
            assertThat(protection(app, "patch-level").path("state").asString()).isEqualTo("partly");
        }
        List<byte[]> files = List.of(
                bytes(TIME.replace("severity: low", "severity: nope")),
                new byte[0],
                bytes(TIME + "# " + "x".repeat(300_000)),
                TIME.getBytes(Charset.forName("UTF-16")));
        for (byte[] file : files) {
            String what = new String(file, 0, Math.min(file.length, 300), StandardCharsets.UTF_8);
            write(file);
            clock.advance(Duration.ofMinutes(1));
            try (TestApp app = start()) {
                app.settle();
                JsonNode protection = protection(app, "patch-level");
                assertThat(result(protection, "few-updates-wait")).as(what).isEqualTo("error definition-invalid");
                assertThat(protection.path("state").asString()).as(what).isEqualTo("partly");
                assertThat(get(app, "/api/v1/coverage/gaps?asset=h1&gap=lasting_error")
                                .path("items")
                                .findValuesAsString("check"))
                        .as("from the first: " + what)
                        .containsExactly("few-updates-wait");
                JsonNode control = StreamSupport.stream(
                                get(app, "/api/v1/coverage/frameworks/nist")
                                        .path("controls")
                                        .spliterator(),
                                false)
                        .filter(of -> of.path("control").asString().equals("SI-2"))
                        .findFirst()
                        .orElseThrow();
                assertThat(control.path("state").asString()).as(what).isEqualTo("partly");
                assertThat(StreamSupport.stream(control.path("checks").spliterator(), false)
                                .filter(of -> of.path("check").asString().equals("few-updates-wait"))
                                .map(of -> of.path("counts").path("error").asInt()))
                        .as(what)
                        .containsExactly(1);
                assertThat(get(app, "/api/v1/coverage").path("counts"))
                        .as("the sums say what the asset says: " + what)
                        .isEqualTo(get(app, "/api/v1/assets/h1/protections").path("counts"));
            }
        }
    }

    /** Of a file that never was sound and does not parse nobody knows what it is for: the catalogue lists it, no asset has it. */
    @Test
    void isOnlyListedWhereNothingEverToldWhatItIsFor() throws IOException {
        Files.createDirectories(folder.resolve("checks"));
        Files.writeString(folder.resolve("checks/never-sound.yaml"), "");
        try (TestApp app = start()) {
            app.post(
                    "/api/v1/assets", Map.of("ref", "h1", "name", "H", "kind", "host.linux", "owner", "o@example.com"));
            app.settle();
            assertThat(get(app, "/api/v1/checks/never-sound").path("state").asString())
                    .isEqualTo("definition-invalid");
            assertThat(app.get("/checks").body()).contains("never-sound", "definition-invalid");
            assertThat(app.get("/api/v1/assets/h1/protections").body()).doesNotContain("never-sound");
        }
    }

    @Test
    void thePackagedCheckStaysInForceWhereTheOperatorsFileIsBroken() throws IOException {
        Files.createDirectories(folder.resolve("checks"));
        Files.writeString(folder.resolve("checks/host-patch-level.yaml"), "[");
        try (TestApp app = start()) {
            app.post(
                    "/api/v1/assets", Map.of("ref", "h1", "name", "H", "kind", "host.linux", "owner", "o@example.com"));
            app.settle();
            JsonNode check = get(app, "/api/v1/checks/host-patch-level");
            assertThat(check.path("state").asString()).isEqualTo("sound");
            assertThat(check.path("origin").asString()).isEqualTo("packaged");
            assertThat(check.path("problems")).isNotEmpty();
            assertThat(result(protection(app, "patch-level"), "host-patch-level"))
                    .isNotEqualTo("absent")
                    .doesNotContain("definition-invalid");
            assertThat(app.get("/checks/host-patch-level").body()).contains("The packaged check stays in force");
        }
    }
}
