package dev.ronde.check.schedule;

import dev.ronde.check.run.HostileChecksAppTest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.App;
import dev.ronde.catalogue.TestChecks;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A command that works on the database of a server whose check folder it does not have takes nothing away from it. */
final class WithoutFolderAppTest {
    private static final String FACTS =
            "{\"os\":{\"family\":\"linux\",\"supported\":true},\"disks\":[{\"device\":\"sda\",\"encrypted\":true}]}";

    @TempDir
    Path home;

    @TempDir
    Path folder;

    @TempDir
    Path empty;

    private final TestClock clock = new TestClock();

    @BeforeEach
    void files() throws IOException {
        write("our-host", check("our-host"));
        write("push-only", check("push-only").replace("every: P1D, ", ""));
        write("host-disk-encryption", check("host-disk-encryption"));
    }

    private static String check(String id) {
        return HostileChecksAppTest.SOUND.replace("version: 1", "version: 7").formatted(id);
    }

    private void write(String id, String text) throws IOException {
        Files.writeString(folder.resolve(id + ".yaml"), text);
    }

    private TestApp open(@Nullable Path checks, App.Mode mode) {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        settings.put(Setting.HOME, home.toString());
        if (checks != null) {
            settings.put(Setting.CHECKS, checks.toString());
        }
        return TestApp.start(clock, settings, mode);
    }

    private TestApp server() {
        return open(folder, App.Mode.STILL);
    }

    private static void add(TestApp app, String ref) {
        add(app, ref, "host.server");
    }

    private static void add(TestApp app, String ref, String kind) {
        Map<String, Object> asset =
                Map.of("ref", ref, "name", "H", "kind", kind, "owner", "owner@example.com", "criticality", "high");
        TestApp.Answer answer = app.post("/api/v1/assets", asset);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    private static void push(TestApp app, String ref, String facts) {
        assertThat(put(app, ref, facts).status()).isIn(200, 201);
    }

    private static TestApp.Answer put(TestApp app, String ref, String facts) {
        Map<String, String> headers =
                Map.of("Authorization", "Bearer " + app.app().token(), "Content-Type", "application/json");
        return app.call("PUT", "/api/v1/assets/" + ref + "/snapshots/host.v1", facts, headers);
    }

    private static Map<String, Instant> due(TestApp app) {
        return app.app()
                .database()
                .read(handle -> handle
                        .createQuery("""
                                select a.ref || ' ' || d.ref_id as what, d.next_due_at from due d join asset a on a.id = d.subject_id
                                 where d.kind = 'check' and d.lease_until is null""")
                        .map((row, context) -> Map.entry(
                                row.getString(1),
                                row.getObject(2, OffsetDateTime.class).toInstant()))
                        .list()
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static Map<String, String> runs(TestApp app) {
        Map<String, String> newest = new TreeMap<>();
        app.get("/api/v1/check-runs?limit=200")
                .json()
                .path("items")
                .forEach(run -> newest.putIfAbsent(
                        run.path("asset").asString() + " " + run.path("check").asString(),
                        run.path("id").asString()));
        return newest;
    }

    private static JsonNode counts(TestApp app) {
        return app.get("/api/v1/coverage").json().path("counts");
    }

    private static long records(TestApp app, String type) {
        return app.app()
                .database()
                .read(handle -> handle.createQuery("select count(*) from evidence_record where rec_type = :type")
                        .bind("type", type)
                        .mapTo(Long.class)
                        .one());
    }

    private static void awaitRuns(TestApp app) {
        TestApp.Answer job = app.post("/api/v1/check-runs", Map.of());
        assertThat(job.status()).as(job.body()).isEqualTo(202);
        String path = "/api/v1/jobs/" + job.json().path("id").asString();
        while (app.get(path).json().path("finished_at").asString("").isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(app.get(path).json().path("state").asString()).isEqualTo("done");
    }

    @Test
    void aCommandWithoutTheFolderTakesNothingFromTheServer() {
        Map<String, Instant> before;
        JsonNode counts;
        long published;
        try (TestApp app = server()) {
            add(app, "host-1");
            push(app, "host-1", FACTS);
            app.settle();
            clock.advance(Duration.ofMinutes(1));
            before = due(app);
            counts = counts(app);
            published = records(app, "check.published");
            assertThat(before).containsKeys("host-1 our-host", "host-1 host-disk-encryption");
        }
        for (Path checks : Arrays.asList(null, empty)) {
            clock.advance(Duration.ofDays(3)); // everything is due
            try (TestApp command = open(checks, App.Mode.COMMAND)) {
                awaitRuns(command);
                assertThat(due(command))
                        .containsEntry("host-1 our-host", before.get("host-1 our-host"))
                        .containsEntry("host-1 host-disk-encryption", before.get("host-1 host-disk-encryption"));
                assertThat(records(command, "check.retired")).isZero();
                assertThat(records(command, "check.published")).isEqualTo(published);
            }
        }
        try (TestApp app = server()) {
            assertThat(due(app))
                    .containsEntry("host-1 our-host", before.get("host-1 our-host"))
                    .containsEntry("host-1 host-disk-encryption", before.get("host-1 host-disk-encryption"));
            assertThat(records(app, "check.published")).isEqualTo(published);
            app.settle();
            assertThat(counts(app)).isEqualTo(counts);
        }
    }

    @Test
    void whatACommandChangesIsPlannedByTheServer() {
        try (TestApp app = server()) {
            add(app, "host-1");
            app.settle();
        }
        clock.advance(Duration.ofMinutes(1));
        try (TestApp command = open(empty, App.Mode.COMMAND)) {
            add(command, "host-2");
            push(command, "host-1", FACTS);
            assertThat(due(command)).doesNotContainKeys("host-2 our-host", "host-2 host-disk-encryption");
        }
        clock.advance(Duration.ofMinutes(1));
        try (TestApp app = server()) {
            assertThat(due(app)).containsKeys("host-2 our-host", "host-2 host-disk-encryption", "host-1 push-only");
            app.settle();
            assertThat(runs(app)).containsKeys("host-1 push-only", "host-2 our-host");
        }
    }

    @Test
    void aCommandAddsWhatItsFolderHasAndTheServerRetires() throws IOException {
        try (TestApp app = server()) {
            add(app, "host-1");
            app.settle();
        }
        clock.advance(Duration.ofMinutes(1));
        write("our-other", check("our-other"));
        write("our-host", check("our-host").replace("version: 7", "version: 8").replace("host.server", "host.public"));
        Files.delete(folder.resolve("push-only.yaml"));
        try (TestApp command = open(folder, App.Mode.COMMAND)) {
            assertThat(due(command)).containsKeys("host-1 our-other", "host-1 our-host");
            assertThat(states(command)).contains("push-only", "our-host");
        }
        try (TestApp app = server()) {
            assertThat(due(app)).containsKey("host-1 our-other").doesNotContainKey("host-1 our-host");
            assertThat(states(app)).contains("our-other").doesNotContain("push-only", "our-host");
            assertThat(records(app, "check.retired")).isEqualTo(1);
        }
        Files.delete(folder.resolve("host-disk-encryption.yaml"));
        try (TestApp app = server()) {
            assertThat(states(app)).as("the packaged one is in force again").contains("host-disk-encryption");
        }
    }

    /** The folder holds no check of its own, so that all the others are the same; what they stand on is not. */
    @Test
    void aCommandWithOtherProtectionsAddsAndRunsNothing() throws IOException {
        for (String id : List.of("our-host", "push-only", "host-disk-encryption")) {
            Files.delete(folder.resolve(id + ".yaml"));
        }
        write("protections", """
                protections:
                  patch-level: {en: Patches are in place, fr: Les correctifs sont en place}
                  host-firewall: {en: A firewall runs, fr: Un pare-feu est actif}
                kinds:
                  host.server: [patch-level]
                  host.laptop: [host-firewall]
                """);
        Map<String, Instant> before;
        Set<String> known;
        long published;
        try (TestApp app = server()) {
            add(app, "host-1");
            push(app, "host-1", FACTS);
            app.settle();
            before = due(app);
            known = known(app);
            published = records(app, "check.published");
            assertThat(states(app)).contains("host-patch-level").doesNotContain("host-disk-encryption");
        }
        clock.advance(Duration.ofDays(3));
        for (Path checks : Arrays.asList(null, empty)) {
            try (TestApp command = open(checks, App.Mode.COMMAND)) {
                TestApp.Answer run = command.post("/api/v1/check-runs", Map.of());
                assertThat(run.status()).as(run.body()).isEqualTo(409);
                assertThat(run.body()).contains("other_check_folder", "RONDE_CHECKS");
                assertThat(put(command, "host-1", FACTS).status())
                        .as("a source may be read otherwise")
                        .isEqualTo(409);
                add(command, checks == null ? "host-2" : "host-3");
                command.settle();
                assertThat(due(command)).isEqualTo(before);
                assertThat(known(command)).isEqualTo(known);
                assertThat(records(command, "check.published")).isEqualTo(published);
            }
        }
        try (TestApp app = server()) {
            assertThat(due(app)).containsKeys("host-2 host-patch-level", "host-3 host-patch-level");
            app.settle();
            assertThat(due(app).get("host-1 host-patch-level")).isAfter(clock.instant());
            assertThat(records(app, "check.retired")).isZero();
        }
        try (TestApp command = open(folder, App.Mode.COMMAND)) {
            awaitRuns(command);
            push(command, "host-1", FACTS);
        }
    }

    private static TestApp.Answer state(TestApp app, String check) {
        return app.post(
                "/api/v1/assets/shop.example/checks/" + check + "/attestation",
                Map.of("attested", true, "by", "owner@example.com"));
    }

    /** Nobody answers one question where the server asks another; what both ask alike is answered. */
    @Test
    void aCommandWithAnotherFileOfAQuestionKeepsNoAnswerToIt() throws IOException {
        String packaged = TestChecks.load(empty)
                .find("registrar-lock-attested")
                .orElseThrow()
                .text();
        write("registrar-lock-attested", packaged.replace("version: 1", "version: 2"));
        try (TestApp app = server()) {
            add(app, "shop.example", "domain");
            app.settle();
        }
        clock.advance(Duration.ofMinutes(1));
        try (TestApp command = open(empty, App.Mode.COMMAND)) {
            TestApp.Answer refused = state(command, "registrar-lock-attested");
            assertThat(refused.status()).as(refused.body()).isEqualTo(409);
            assertThat(refused.json().path("code").asString()).isEqualTo("other_check_folder");
            assertThat(refused.body()).contains("RONDE_CHECKS");
            assertThat(records(command, "check.attested")).isZero();
        }
        try (TestApp command = open(folder, App.Mode.COMMAND)) {
            TestApp.Answer kept = state(command, "registrar-lock-attested");
            assertThat(kept.status()).as(kept.body()).isEqualTo(200);
            assertThat(records(command, "check.attested")).isEqualTo(1);
        }
    }

    @Test
    void aPushMakesWhatReadsItsSourceDueAndNothingElse() {
        Map<String, Instant> before;
        try (TestApp app = server()) {
            add(app, "host-1");
            app.settle();
            before = due(app);
        }
        clock.advance(Duration.ofMinutes(1));
        try (TestApp command = open(empty, App.Mode.COMMAND)) {
            push(command, "host-1", FACTS);
        }
        Instant pushed = Occurrences.stored(clock.instant());
        clock.advance(Duration.ofMinutes(1));
        try (TestApp app = server()) {
            assertThat(due(app))
                    .containsEntry("host-1 our-host", pushed)
                    .containsEntry("host-1 push-only", pushed)
                    .containsEntry("host-1 backup-recent-and-tested", before.get("host-1 backup-recent-and-tested"));
        }
    }

    private static Set<String> known(TestApp app) {
        return app.app()
                .database()
                .read(handle -> handle.createQuery("select check_id || ' ' || kinds from check_known")
                        .mapTo(String.class)
                        .set());
    }

    private static List<String> states(TestApp app) {
        return app.app()
                .database()
                .read(handle -> handle.createQuery("select check_id from check_state order by check_id")
                        .mapTo(String.class)
                        .list());
    }
}
