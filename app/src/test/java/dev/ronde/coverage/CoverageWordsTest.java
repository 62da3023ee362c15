package dev.ronde.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.CheckedEstate;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What pages say where there is nothing to count: not applicable, no asset, no match, retired. */
final class CoverageWordsTest {
    private static final String WINDOWS_ONLY = """
            apiVersion: checks/v1
            id: host-patch-level
            version: 1
            title: Few updates wait
            protection: patch-level
            severity: low
            rationale: Updates close holes.
            remediation: {summary: Install them., steps: [Install them.], verify: Run again.}
            mappings: {nist: [SI-2]}
            appliesTo: {kinds: [host.linux]}
            schedule: {every: P1D, onChange: true, freshFor: P2D}
            probe: {type: snapshot, source: host.v1, safety: passive}
            facts: host.v1
            applicable:
              - {id: windows, expr: "facts.os.family == 'windows'", reason: not-windows}
            assert:
              - {id: updates, expr: "has(facts.patches)", message: Nothing is known of updates.}
            evidence: {keep: [facts.os, facts.patches]}
            tests:
              - {name: other, expect: not_applicable, reason: not-windows, facts: {snapshot: {digest: "sha256:00", collectedAt: "2026-03-02T06:00:00Z"}, os: {family: linux}}}
            """;

    private static final TestClock CLOCK = new TestClock();

    @AutoClose
    private static CheckedEstate estate;

    @BeforeAll
    static void start(@TempDir Path checks) throws IOException {
        Files.writeString(checks.resolve("host-patch-level.yaml"), WINDOWS_ONLY);
        estate = CheckedEstate.start(CLOCK, Map.of(Setting.CHECKS, checks.toString()));
        for (String ref : List.of("host-1", "host-2")) {
            estate.asset(ref, "host.linux");
            estate.pushed(ref, "host.v1", "{'os':{'family':'linux'}}");
        }
        estate.call("DELETE", "/api/v1/assets/host-2", null);
        estate.settle();
    }

    private static String page(String path, String language) {
        return estate.page(path, language);
    }

    private static String row(String page, String control) {
        return Stream.of(page.split("<tr>", -1))
                .filter(row -> row.contains("<span class=\"mono\">" + control + "</span>"))
                .findFirst()
                .orElseThrow();
    }

    /** One that a check has nothing to say of is none of those it could pass on. */
    @Test
    void notApplicableIsNoPartOfTheWhole() {
        assertThat(row(page("/coverage/frameworks/nist", "en"), "SI-2"))
                .contains("1 not applicable")
                .doesNotContain("0 of 1", "·");
        assertThat(row(page("/coverage/frameworks/nist", "fr"), "SI-2"))
                .contains("1 sans objet")
                .doesNotContain("sur 1");
    }

    /** Checks there are; it is assets that are missing. */
    @Test
    void aControlWhoseChecksNoAssetHas() {
        assertThat(row(page("/coverage/frameworks/nist", "en"), "SC-20"))
                .contains("/checks/dangling-dns", "no asset has it")
                .doesNotContain("no check yet");
        assertThat(row(page("/coverage/frameworks/nist", "fr"), "SC-20"))
                .contains("aucun actif ne l’a")
                .doesNotContain("pas encore de contrôle");
    }

    @Test
    void aListWithoutAMatchPromisesNothing() {
        assertThat(page("/coverage/gaps?gap=stale", "en"))
                .contains("No gap matches")
                .doesNotContain("Every asset has an owner");
        assertThat(page("/coverage/gaps?gap=stale", "fr")).doesNotContain("Chaque actif a un responsable");
    }

    /** It did run, and its runs are there. */
    @Test
    void aRetiredAssetIsNotSaidToHaveNeverBeenLookedAt() {
        JsonNode protections = estate.get("/api/v1/assets/host-2/protections");
        assertThat(protections.findValuesAsString("reason")).contains("retired").doesNotContain("never-run");
        assertThat(page("/assets/host-2", "en"))
                .contains("The asset is retired")
                .doesNotContain("The check has not run yet.");
        assertThat(page("/assets/host-2", "fr"))
                .contains("L’actif est retiré")
                .doesNotContain("Le contrôle n’a pas encore été exécuté.");
    }
}
