package dev.ronde.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.TestChecks;
import dev.ronde.check.CheckedEstate;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A folder of check files that were written to do harm: each of them is broken, and nothing else is. */
public final class HostileChecksAppTest {
    /** A check of a host that nothing is wrong with; its id is left open. */
    public static final String SOUND = """
            apiVersion: checks/v1
            id: %s
            version: 1
            title: The family of the system is told
            protection: patch-level
            severity: low
            rationale: Who does not know the system cannot look after it.
            remediation: {summary: Tell it., steps: [Push.], verify: Pull.}
            mappings: {nist: [SI-2]}
            appliesTo: {kinds: [host.server]}
            schedule: {every: P1D, onChange: true, freshFor: P2D}
            probe: {type: snapshot, source: host.v1, safety: passive}
            facts: host.v1
            require:
              - {id: disks-told, expr: "has(facts.disks)", reason: snapshot-incomplete}
            assert:
              - {id: told, expr: "facts.os.family != ''", message: "Not told."}
            evidence: {keep: [facts.snapshot, facts.os, facts.disks]}
            tests:
              - {name: told, expect: pass, facts: {snapshot: {digest: "sha256:00", collectedAt: "2026-03-02T06:00:00Z"}, os: {family: linux}, disks: []}}
            """;

    private static final Map<String, Map.Entry<String, String>> FAULTS = Map.ofEntries(
            fault("alias-bomb", "severity: low", "severity: low\na: &a [b, b]\nc: [*a, *a, *a]"),
            fault("giant-regex", "facts.os.family != ''", "facts.os.family.matches('((a{1,999}){1,999}){1,999}')"),
            fault(
                    "giant-pattern",
                    "severity: low",
                    "severity: low\nparams: {x: {type: string, default: \"\", pattern: \"(((x{1000}){1000}){1000})\"}}"),
            fault(
                    "bracket-regex",
                    "facts.os.family != ''",
                    "facts.os.family.matches('((x{1,300}[])][])]){1,300}){1,300}')"),
            fault(
                    "bracket-pattern",
                    "severity: low",
                    "severity: low\nparams: {x: {type: string, default: \"\", pattern: \"((x{1,300}[])][])]){1,300}){1,300}\"}}"),
            fault(
                    "endless-loop",
                    "facts.os.family != ''",
                    "facts.disks.all(a, facts.disks.all(b, facts.disks.all(c, a.encrypted == b.encrypted)))"),
            fault(
                    "long-loop",
                    "facts.os.family != ''",
                    "facts.disks.all(a, facts.disks.all(b, a.encrypted == b.encrypted))"),
            fault("unknown-key", "severity: low", "severity: low\n\"se\\0verity\\u202E\": low"),
            fault("huge-every", "every: P1D", "every: PT9223372036854775807S"),
            fault("huge-fresh-for", "freshFor: P2D", "freshFor: PT9223372036854775807S"),
            fault("long-reason", "snapshot-incomplete", "a" + "-a".repeat(60)),
            fault("endless-id", "id: told", "id: a" + "-a".repeat(60_000)),
            fault("deep-nesting", "severity: low", "severity: " + "[".repeat(20_000)),
            fault("hidden-title", "title: The", "title: \"a\\0b\"\nother: The"),
            fault("turned-title", "title: The", "title: \u202EThe"),
            fault("hidden-rationale", "rationale: Who", "rationale: Who\u200Bever"),
            fault("hidden-step", "steps: [Push.]", "steps: [\"Push\\u0007\"]"),
            fault("hidden-message", "Not told.", "Not\\0told."),
            fault("raw-nul", "severity: low", "severity: low # \0"),
            fault("large", "evidence: {", "# " + "x".repeat(1_000_000) + "\nevidence: {"));

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    private static Map.Entry<String, Map.Entry<String, String>> fault(String id, String from, String to) {
        return Map.entry(id, Map.entry(from, to));
    }

    private void write() throws IOException {
        for (Map.Entry<String, Map.Entry<String, String>> fault : FAULTS.entrySet()) {
            String sound = SOUND.formatted(fault.getKey());
            assertThat(sound).contains(fault.getValue().getKey());
            Files.writeString(
                    folder.resolve(fault.getKey() + ".yaml"),
                    sound.replace(fault.getValue().getKey(), fault.getValue().getValue()));
        }
        Files.writeString(folder.resolve("...yaml"), SOUND.formatted(".."));
        Files.writeString(folder.resolve("x".repeat(200) + ".yaml"), SOUND.formatted("x".repeat(200)));
        Files.writeString(elsewhere.resolve("secret.yaml"), SOUND.formatted("link-out"));
        Files.createSymbolicLink(folder.resolve("link-out.yaml"), elsewhere.resolve("secret.yaml"));
        Files.createDirectories(folder.resolve("facts"));
        Files.writeString(folder.resolve("facts/large.v1.yaml"), "a: " + "x".repeat(1_000_000));
        Files.writeString(folder.resolve("sound.yaml"), SOUND.formatted("sound"));
        Files.createSymbolicLink(folder.resolve("sound-too.yaml"), folder.resolve("sound.yaml"));
        Files.createDirectories(folder.resolve("sources"));
        Files.writeString(folder.resolve("sources/azure.nsg.v1.yaml"), "nonsense: [");
    }

    @Test
    void costsNobodyButItself() throws IOException {
        write();
        List<CatalogueEntry> entries = TestChecks.load(folder).entries().stream()
                .filter(entry -> entry.sound().isEmpty())
                .toList();
        List<String> broken = entries.stream().map(CatalogueEntry::id).toList();
        List<String> onlyListed = entries.stream()
                .filter(entry -> entry.outline().kinds().isEmpty())
                .map(CatalogueEntry::id)
                .toList();
        assertThat(onlyListed).contains("link-out", "large", "deep-nesting").doesNotContain("giant-regex");
        assertThat(broken)
                .hasSize(FAULTS.size() - 1 + 4)
                .allSatisfy(id -> assertThat(id.length()).isLessThanOrEqualTo(64))
                .contains(
                        "link-out",
                        "sound-too",
                        "large",
                        "giant-pattern",
                        "bracket-regex",
                        "bracket-pattern",
                        "huge-every",
                        "hidden-message")
                .doesNotContain("sound", "long-loop");

        TestClock clock = new TestClock();
        try (CheckedEstate app = CheckedEstate.start(clock, Map.of(Setting.CHECKS, folder.toString()))) {
            app.asset("host-1", "host.server");
            app.settle();
            TestApp.Answer pushed = push(app, "host.v1");
            assertThat(pushed.status()).as(pushed.body()).isIn(200, 201);
            assertThat(push(app, "azure.nsg.v1").is(503).body())
                    .contains("source_broken")
                    .contains("sources/azure.nsg.v1.yaml");
            app.settle();
            Map<String, JsonNode> newest = newest(app);
            assertThat(newest.get("sound").path("outcome").asString()).isEqualTo("pass");
            assertThat(newest.get("host-disk-encryption").path("outcome").asString())
                    .isEqualTo("pass");
            assertThat(newest.get("long-loop").path("outcome").asString()).isEqualTo("error");
            newest.forEach((check, run) -> assertThat(run.path("reason").asString(""))
                    .as(check)
                    .matches(reason -> reason.equals("definition-invalid") == broken.contains(check)));
            assertThat(newest.keySet())
                    .containsAll(FAULTS.keySet().stream()
                            .filter(check -> !onlyListed.contains(check))
                            .toList())
                    .doesNotContainAnyElementsOf(onlyListed)
                    .anyMatch(check -> check.startsWith("file--"))
                    .anyMatch(check -> check.startsWith("xxx"));
            assertThat(app.app.get("/api/v1/checks/link-out").body())
                    .contains("leads out of the folder")
                    .doesNotContain("The family of the system is told");
            assertThat(app.text("/api/v1/checks/link-out", "/state")).isEqualTo("definition-invalid");
            TestApp.Answer refused = app.app
                    .post("/api/v1/assets/host-1/checks/link-out/attestation", Map.of("attested", true))
                    .is(422);
            assertThat(refused.body()).contains("not_asked", "The file of the check link-out is broken");
            assertThat(app.text("/api/v1/checks/sound", "/state")).isEqualTo("sound");
            assertThat(app.page("/checks").split("definition-invalid", -1)).hasSize(broken.size() + 1);
            newest.keySet().forEach(check -> app.get("/api/v1/checks/" + check));
        }
    }

    private static TestApp.Answer push(CheckedEstate app, String source) {
        String disks = IntStream.range(0, 110)
                .mapToObj(disk -> "{'device':'sd" + disk + "','encrypted':true}")
                .collect(Collectors.joining(","));
        return app.push("host-1", source, "{'os':{'family':'linux'},'disks':[" + disks + "]}");
    }

    private static Map<String, JsonNode> newest(CheckedEstate app) {
        Map<String, JsonNode> newest = new HashMap<>();
        app.items("/api/v1/check-runs?asset=host-1&limit=200")
                .forEach(run -> newest.putIfAbsent(run.path("check").asString(), run));
        return newest;
    }
}
