package dev.ronde.check.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.App;
import dev.ronde.catalogue.TestChecks;
import dev.ronde.check.run.HostileChecksAppTest;
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
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process whose checks are not those of the server runs none of them and takes nothing away. */
final class OtherCatalogueAppTest {
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

    private static void refused(TestApp.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(409);
        assertThat(answer.body()).contains("other_check_folder", "RONDE_CHECKS");
    }

    @Test
    void aCommandWithOtherChecksRunsNothingAndTakesNothingFromTheServer() {
        Map<String, Instant> before;
        long published;
        try (TestApp app = server()) {
            add(app, "host-1");
            push(app, "host-1", FACTS);
            app.settle();
            before = due(app);
            published = records(app, "check.published");
            assertThat(before).containsKeys("host-1 our-host", "host-1 host-disk-encryption");
        }
        clock.advance(Duration.ofDays(3)); // everything is due
        for (Path checks : Arrays.asList(null, empty)) {
            try (TestApp command = open(checks, App.Mode.COMMAND)) {
                refused(command.post("/api/v1/check-runs", Map.of()));
                refused(put(command, "host-1", FACTS));
                add(command, checks == null ? "host-2" : "host-3");
                command.settle();
                assertThat(due(command)).isEqualTo(before);
                assertThat(records(command, "check.published")).isEqualTo(published);
            }
        }
        try (TestApp app = server()) {
            assertThat(due(app)).containsAllEntriesOf(before).containsKeys("host-2 our-host", "host-3 our-host");
            app.settle();
            assertThat(due(app).get("host-1 our-host")).isAfter(clock.instant());
            assertThat(records(app, "check.retired")).isZero();
        }
        try (TestApp command = open(folder, App.Mode.COMMAND)) {
            awaitRuns(command);
            push(command, "host-1", FACTS);
        }
    }

    /** The folder holds no check of its own, so that all the checks are the same; what they stand on is not. */
    @Test
    void otherProtectionsAreAnotherCatalogue() throws IOException {
        for (String id : List.of("our-host", "push-only", "host-disk-encryption")) {
            Files.delete(folder.resolve(id + ".yaml"));
        }
        write("protections", """
                protections:
                  patch-level: {en: Patches are in place, fr: Les correctifs sont en place}
                kinds:
                  host.server: [patch-level]
                """);
        try (TestApp app = server()) {
            add(app, "host-1");
            app.settle();
            assertThat(states(app)).contains("host-patch-level").doesNotContain("host-disk-encryption");
        }
        try (TestApp command = open(empty, App.Mode.COMMAND)) {
            refused(command.post("/api/v1/check-runs", Map.of()));
        }
    }

    /** Where an asset is reached from now on is looked at by the server, whoever said it. */
    @Test
    void whatAnotherProcessChangesIsDueAgain() {
        try (TestApp app = server()) {
            add(app, "host-1");
            app.settle();
        }
        clock.advance(Duration.ofMinutes(1));
        Instant changed = Occurrences.stored(clock.instant());
        try (TestApp command = open(empty, App.Mode.COMMAND)) {
            Map<String, String> headers = Map.of(
                    "Authorization",
                    "Bearer " + command.app().token(),
                    "If-Match",
                    command.get("/api/v1/assets/host-1").header("ETag"));
            TestApp.Answer answer =
                    command.call("PATCH", "/api/v1/assets/host-1", Map.of("tags", List.of("edge")), headers);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(due(command)).containsEntry("host-1 our-host", changed);
        }
    }

    @Test
    void theFirstCommandOfAHomePutsItsCatalogueInForce() {
        long published;
        try (TestApp command = open(folder, App.Mode.COMMAND)) {
            add(command, "host-1");
            awaitRuns(command);
            published = records(command, "check.published");
        }
        try (TestApp app = server()) {
            assertThat(records(app, "check.published")).isEqualTo(published);
            assertThat(runs(app)).containsKey("host-1 our-host");
        }
    }

    @Test
    void theServerRetiresWhatItsFolderHasNoMore() throws IOException {
        try (TestApp app = server()) {
            add(app, "host-1");
            app.settle();
        }
        write("our-host", check("our-host").replace("version: 7", "version: 8").replace("host.server", "host.public"));
        Files.delete(folder.resolve("push-only.yaml"));
        Files.delete(folder.resolve("host-disk-encryption.yaml"));
        try (TestApp app = server()) {
            assertThat(due(app)).doesNotContainKey("host-1 our-host");
            assertThat(states(app))
                    .doesNotContain("push-only", "our-host")
                    .as("the packaged one is in force again")
                    .contains("host-disk-encryption");
            assertThat(records(app, "check.retired")).isEqualTo(1);
        }
    }

    /** A node of the version before meets a server that started after it. */
    @Test
    void aServerWithAnotherCatalogueStandsStillAndSaysSo() {
        try (TestApp app = server()) {
            add(app, "host-1");
            app.app().database().useTransaction(tx -> tx.execute("update check_catalogue set sha256 = '00'"));
            app.settle();
            assertThat(runs(app)).isEmpty();
            assertThat(app.get("/api/v1/doctor").body()).contains("not those of the server");
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

    private static List<String> states(TestApp app) {
        return app.app()
                .database()
                .read(handle -> handle.createQuery("select check_id from check_state order by check_id")
                        .mapTo(String.class)
                        .list());
    }
}
