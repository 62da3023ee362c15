package dev.ronde.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.CheckedEstate;
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

    private CheckedEstate start(int version, int most) throws IOException {
        Files.writeString(checks.resolve("sound.yaml"), CHECK.formatted(version, most));
        return CheckedEstate.start(
                new TestClock(), Map.of(Setting.CHECKS, checks.toString(), Setting.HOME, home.toString()));
    }

    private static TestApp.Answer patch(CheckedEstate app, Map<String, Object> body) {
        return app.call("PATCH", "/api/v1/assets/host-1", body);
    }

    private static TestApp.Answer imported(CheckedEstate app, String csv) {
        return app.call("POST", "/api/v1/assets/import?on_conflict=update", csv, "Content-Type", "text/csv");
    }

    /** The page of the run that could not use the tag. */
    private static String said(CheckedEstate app, String language) {
        app.pushed("host-1", "host.v1", "{'os':{'family':'linux'}}");
        return app.page("/checks/runs/" + app.run("host-1", "sound").path("id").asString(), language);
    }

    @Test
    void holdNothingUp() throws IOException {
        try (CheckedEstate app = start(1, 9)) {
            app.asset("host-1", "host.server", "owner", "olga@example.org", "tags", List.of(OUTDATED));
            app.app.post("/api/v1/people", Map.of("email", "omar@example.org", "name", "O", "role", "owner"));
        }
        try (CheckedEstate app = start(2, 5)) {
            assertThat(said(app, "en"))
                    .contains("<p>the tag &#39;" + OUTDATED + "&#39; cannot be used: days must be at most 5.</p>");
            assertThat(said(app, "fr"))
                    .contains("<p>L’étiquette " + OUTDATED + " ne peut pas servir. days doit valoir au plus 5.</p>");
            TestApp.Answer wrong = patch(app, Map.of("tags", List.of(OUTDATED, "param:sound.days=8")))
                    .is(422);
            assertThat(wrong.text("/errors/0/code")).as(wrong.body()).isEqualTo("bad_parameter_tag");
            assertThat(wrong.json().at("/errors")).hasSize(1);
            patch(app, Map.of("tags", List.of(OUTDATED, "rack-7"))).is(200);

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

            String olga = app.text("/api/v1/people?q=olga@example.org", "/items/0/id");
            app.app
                    .post("/api/v1/people/" + olga + "/handover", Map.of("to", "omar@example.org", "deactivate", false))
                    .is(200);
            assertThat(app.text("/api/v1/assets/host-1", "/owner")).isEqualTo("omar@example.org");

            app.call("DELETE", "/api/v1/assets/host-1", null).is(200);
        }
    }
}
