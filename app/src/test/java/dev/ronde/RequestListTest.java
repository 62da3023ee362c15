package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.verify.EvidenceVerify;
import dev.ronde.platform.file.GivenFile;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

/** Ana and Ben are engaged and ask, the operator answers; neither sees what the other asked, nor anything after the end. */
@Tag("long")
@OnOneDatabase(DatabaseKind.POSTGRESQL)
class RequestListTest {
    private static final String ANA = "ana@audit.example";
    private static final String BEN = "ben@other.example";
    private static final String PASSWORD = "correct horse battery";
    private static final String API = "/api/v1/requests";
    private static final String PAGE = "/evidence/requests";
    private static final byte[] LEAVERS = "name\nWalrus\n".getBytes(StandardCharsets.UTF_8);

    @Parameter
    DatabaseKind kind;

    @TempDir
    Path folder;

    private WalkWorld world;
    private String ana;

    @BeforeEach
    void engage() {
        world = new WalkWorld(kind);
        for (String email : List.of(BEN, ANA)) {
            world.call(
                    "POST",
                    "/api/v1/people",
                    Map.of("email", email, "name", email, "role", "auditor", "password", PASSWORD));
            ana = "/api/v1/people/" + world.field("id");
            assertThat(world.call(
                            "PUT",
                            ana + "/engagement",
                            Map.of(
                                    "firm",
                                    "Audit",
                                    "from",
                                    "2026-03-01",
                                    "until",
                                    "2026-03-20",
                                    "units",
                                    List.of("Shop"))))
                    .isEqualTo(200);
            assertThat(world.signIn(email, PASSWORD)).isEqualTo(303);
        }
    }

    @AfterEach
    void close() {
        world.close();
    }

    private String asked() {
        assertThat(world.formOf(ANA, PAGE, Map.of("text", "Who left in <February>?", "due", "2026-03-09")))
                .isEqualTo(303);
        return world.request();
    }

    private int answer(String id, Map<String, Object> body) {
        return world.call("POST", API + "/" + id + "/answer", body);
    }

    private static Map<String, Object> withFile(String name, byte[] content) {
        return Map.of(
                "text",
                "These left.",
                "file",
                Map.of("name", name, "content", Base64.getEncoder().encodeToString(content)));
    }

    private String state(String id) {
        return world.get(API + "/" + id).path("state").asString();
    }

    private String export() {
        world.call("POST", "/api/v1/evidence/exports", Map.of("from", "2026-03-01", "to", "2026-03-31"));
        String id = world.field("id");
        world.settle();
        return id;
    }

    @Test
    void whatIsAskedIsAnsweredAndClosed() throws IOException {
        var before = world.recordIds();
        String export = export();
        String id = asked();
        assertThat(world.call("GET", "/", null)).isEqualTo(200);
        assertThat(world.body()).contains(PAGE + "/" + id);
        assertThat(answer(id, withFile("../leavers.csv", LEAVERS))).isEqualTo(200);
        assertThat(state(id)).isEqualTo("answered");
        assertThat(world.call("GET", "/", null)).isEqualTo(200);
        assertThat(world.body()).doesNotContain(PAGE + "/" + id);
        assertThat(world.formOf(ANA, PAGE + "/" + id + "/reopen", Map.of("text", "And the log?")))
                .isEqualTo(303);
        assertThat(state(id)).isEqualTo("open");
        assertThat(answer(id, Map.of("text", "Here.", "export", export))).isEqualTo(200);
        assertThat(world.formOf(ANA, PAGE + "/" + id + "/close", Map.of())).isEqualTo(303);
        assertThat(answer(id, Map.of("text", "More"))).isEqualTo(409);
        assertThat(state(id)).isEqualTo("closed");
        assertThat(world.typesSince(before))
                .contains("request.asked", "request.answered", "request.reopened", "request.closed");

        assertThat(world.as(ANA, PAGE + "/" + id).body())
                .contains("Who left in &lt;February&gt;?", "leavers.csv", "And the log?")
                .doesNotContain("../");
        JsonNode steps = world.get(API + "/" + id).path("steps");
        String path = "/" + id + "/files/";
        var file = world.as(ANA, PAGE + path + steps.get(1).path("record").asString());
        assertThat(file.body()).isEqualTo(new String(LEAVERS, StandardCharsets.UTF_8));
        assertThat(file.header("Content-Disposition")).startsWith("attachment");
        assertThat(steps.get(1).at("/file/sha256").asString())
                .isEqualTo(Hash.sha256(LEAVERS).hex());
        assertThat(world.as(ANA, "/evidence/exports/" + export + "/download").status())
                .isEqualTo(404);
        before = world.recordIds();
        assertThat(world.as(ANA, PAGE + path + steps.get(3).path("record").asString())
                        .header("Content-Type"))
                .isEqualTo("application/zip");
        assertThat(world.typesSince(before)).containsExactly("evidence.viewed", "export.downloaded");
        assertThat(world.verifyState()).isEmpty();
        verified(export());
    }

    /** The bundle has the words, the file under its hash, and no word in a sealed record. */
    private void verified(String export) throws IOException {
        Path zip =
                Files.write(folder.resolve("b.zip"), world.bytes("/api/v1/evidence/exports/" + export + "/download"));
        String vkey = world.get("/api/v1/ledger").path("vkey").asString();
        var result = EvidenceVerify.verify(new EvidenceVerify.Request(zip, vkey, List.of(), false));
        assertThat(result.exitCode()).as(String.valueOf(result)).isZero();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            StringBuilder names = new StringBuilder();
            for (var entry : file.stream().toList()) {
                String text = new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                names.append(entry.getName()).append('\n');
                if (entry.getName().endsWith("records.jsonl")) {
                    assertThat(text).contains("request.answered").doesNotContain("February", "leavers.csv");
                } else if (entry.getName().endsWith("private.jsonl")) {
                    assertThat(text).contains("February", "leavers.csv", "And the log?");
                }
            }
            assertThat(names.toString()).contains(Hash.sha256(LEAVERS).hex());
        }
    }

    @Test
    void nobodyElseSeesItAndNobodyAfterTheEnd() {
        String id = asked();
        answer(id, withFile("leavers.csv", LEAVERS));
        String file = "/" + id + "/files/"
                + world.get(API + "/" + id).at("/steps/1/record").asString();
        for (String path : List.of(PAGE + "/" + id, API + "/" + id, PAGE + file, API + file)) {
            assertThat(world.as(BEN, path).status()).as(path).isEqualTo(404);
            assertThat(world.as(ANA, path).status()).as(path).isEqualTo(200);
        }
        for (String act : List.of("/reopen", "/close")) {
            assertThat(world.formOf(BEN, PAGE + "/" + id + act, Map.of("text", "x")))
                    .isEqualTo(404);
        }
        assertThat(world.formOf(ANA, PAGE + "/" + id + "/answer", Map.of("text", "x")))
                .isEqualTo(403);
        assertThat(world.as(BEN, API).json().path("items")).isEmpty();
        assertThat(world.as(ANA, API + "?state=answered").json().path("items")).hasSize(1);
        assertThat(world.as(ANA, API + "?state=open").json().path("items")).isEmpty();
        for (Map.Entry<String, Integer> role : Map.of("auditor", 200, "compliance", 200, "owner", 403, "agent", 403)
                .entrySet()) {
            Map<String, String> with = Map.of("Authorization", "Bearer " + world.token(role.getKey()));
            assertThat(world.call("GET", API + "/" + id, null, with).status())
                    .as(role.getKey())
                    .isEqualTo(role.getValue());
        }
        Map<String, String> lead = Map.of("Authorization", "Bearer " + world.token("compliance"));
        assertThat(world.call("POST", API + "/" + id + "/close", Map.of(), lead).status())
                .as("a lead does not close what an auditor asked")
                .isEqualTo(403);
        world.advance(Duration.ofDays(20));
        assertThat(world.as(ANA, PAGE).status()).isEqualTo(303);
        assertThat(world.as(ANA, API + file).status()).isEqualTo(401);
    }

    @Test
    void whatCannotBeKeptIsRefused() {
        String id = asked();
        byte[] large = new byte[GivenFile.MAX_BYTES + 1];
        assertThat(answer(id, withFile("large.txt", large))).isEqualTo(413);
        assertThat(answer(id, withFile("run.exe", LEAVERS))).isEqualTo(422);
        assertThat(answer(id, Map.of("text", " "))).isEqualTo(422);
        assertThat(answer(id, Map.of("text", "x".repeat(2_001)))).isEqualTo(422);
        assertThat(answer(id, Map.of("text", "x", "export", "00000000-0000-0000-0000-000000000000")))
                .isEqualTo(422);
        assertThat(world.formOf(ANA, PAGE, Map.of("text", "x".repeat(2_001)))).isEqualTo(422);
        assertThat(world.formOf(ANA, PAGE, Map.of("text", "Late", "due", "2026-03-01")))
                .isEqualTo(422);
        assertThat(state(id)).isEqualTo("open");
        assertThat(world.get(API + "/" + id).path("steps")).hasSize(1);
    }

    @Test
    void noStepStandsBeforeTheOneItFollowsWhenTheClockStepsBack() {
        String id = asked();
        world.back(Duration.ofHours(1));
        assertThat(answer(id, Map.of("text", "Here."))).isEqualTo(409);
        assertThat(world.field("code")).isEqualTo("clock_behind");
        assertThat(world.formOf(ANA, PAGE + "/" + id + "/close", Map.of())).isEqualTo(409);
        assertThat(world.as(ANA, API + "?state=open").json().path("items")).hasSize(1);
        world.advance(Duration.ofHours(2));
        assertThat(answer(id, Map.of("text", "Here."))).isEqualTo(200);
        assertThat(state(id)).isEqualTo("answered");
        assertThat(world.as(ANA, API + "?state=answered").json().path("items")).hasSize(1);
        assertThat(world.call("GET", "/", null)).isEqualTo(200);
        assertThat(world.body()).doesNotContain(PAGE + "/" + id);
    }

    @Test
    void theWordsGoWithWhoWroteThem() {
        String id = asked();
        assertThat(world.whatever("PATCH", ana, Map.of("active", false))).isEqualTo(200);
        assertThat(world.call("POST", "/api/v1/erasures", Map.of("person", ANA, "basis", "Art. 17")))
                .isEqualTo(200);
        assertThat(world.get(API + "/" + id).path("text").isNull()).isTrue();
        assertThat(world.call("GET", PAGE + "/" + id, null)).isEqualTo(200);
        assertThat(world.body()).contains("[erased]").doesNotContain("February");
        assertThat(world.verifyLedger()).isEmpty();
    }
}
