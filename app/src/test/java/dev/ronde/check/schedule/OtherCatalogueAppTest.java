package dev.ronde.check.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.App;
import dev.ronde.catalogue.TestChecks;
import dev.ronde.check.CheckedEstate;
import dev.ronde.check.run.HostileChecksAppTest;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.Sql;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
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

    private CheckedEstate open(@Nullable Path checks, App.Mode mode) {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        settings.put(Setting.HOME, home.toString());
        if (checks != null) {
            settings.put(Setting.CHECKS, checks.toString());
        }
        return CheckedEstate.start(clock, settings, mode);
    }

    private CheckedEstate server() {
        return open(folder, App.Mode.STILL);
    }

    private static TestApp.Answer put(CheckedEstate app, String ref) {
        String path = "/api/v1/assets/" + ref + "/snapshots/host.v1";
        return app.call("PUT", path, CheckedEstate.host(true).replace('\'', '"'));
    }

    private static Map<String, Instant> due(CheckedEstate app) {
        return app.app
                .app()
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

    private static Map<String, String> runs(CheckedEstate app) {
        Map<String, String> newest = new TreeMap<>();
        app.items("/api/v1/check-runs?limit=200")
                .forEach(run -> newest.putIfAbsent(
                        run.path("asset").asString() + " " + run.path("check").asString(),
                        run.path("id").asString()));
        return newest;
    }

    private static long records(CheckedEstate app, String type) {
        return Sql.number(
                app.app.app().database(), "select count(*) from evidence_record where rec_type = :type", "type", type);
    }

    private static void awaitRuns(CheckedEstate app) {
        TestApp.Answer job = app.app.post("/api/v1/check-runs", Map.of()).is(202);
        String path = "/api/v1/jobs/" + job.text("/id");
        while (app.get(path).path("finished_at").asString("").isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(app.get(path).path("state").asString()).isEqualTo("done");
    }

    private static void refused(TestApp.Answer answer) {
        answer.is(409);
        assertThat(answer.body()).contains("other_check_folder", "RONDE_CHECKS");
    }

    /** A first command puts its catalogue in force, the server goes on with it, and a folder that loses checks retires them. */
    @Test
    void aCommandWithOtherChecksRunsNothingAndTakesNothingFromTheServer() throws IOException {
        long published;
        try (CheckedEstate command = open(folder, App.Mode.COMMAND)) {
            command.asset("host-1", "host.server");
            awaitRuns(command);
            published = records(command, "check.published");
        }
        Map<String, Instant> before;
        try (CheckedEstate app = server()) {
            assertThat(records(app, "check.published")).isEqualTo(published);
            assertThat(runs(app)).containsKey("host-1 our-host");
            put(app, "host-1").is(201);
            app.settle();
            before = due(app);
            assertThat(before).containsKeys("host-1 our-host", "host-1 host-disk-encryption");
        }
        clock.advance(Duration.ofDays(3)); // everything is due
        try (CheckedEstate command = open(empty, App.Mode.COMMAND)) {
            refused(command.app.post("/api/v1/check-runs", Map.of()));
            refused(put(command, "host-1"));
            command.asset("host-2", "host.server");
            command.settle();
            assertThat(due(command)).isEqualTo(before);
            assertThat(records(command, "check.published")).isEqualTo(published);
            command.call("PATCH", "/api/v1/assets/host-1", Map.of("tags", List.of("edge")))
                    .is(200);
            assertThat(due(command))
                    .as("where an asset is reached is looked at by the server, whoever said it")
                    .containsEntry("host-1 our-host", Occurrences.stored(clock.instant()));
        }
        try (CheckedEstate app = server()) {
            assertThat(due(app)).containsKeys("host-1 our-host", "host-2 our-host");
            app.settle();
            assertThat(due(app).get("host-1 our-host")).isAfter(clock.instant());
            assertThat(records(app, "check.retired")).isZero();
        }
        clock.advance(Duration.ofMinutes(1));
        write("our-host", check("our-host").replace("version: 7", "version: 8").replace("host.server", "host.public"));
        Files.delete(folder.resolve("push-only.yaml"));
        Files.delete(folder.resolve("host-disk-encryption.yaml"));
        try (CheckedEstate app = server()) {
            assertThat(due(app)).doesNotContainKey("host-1 our-host");
            assertThat(states(app))
                    .doesNotContain("push-only", "our-host")
                    .as("the packaged one is in force again")
                    .contains("host-disk-encryption");
            assertThat(records(app, "check.retired")).isEqualTo(1);
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
        assertThat(TestChecks.load(folder).basis())
                .isNotEqualTo(TestChecks.load(empty).basis());
    }

    /** A node of the version before meets a server that started after it. */
    @Test
    void aServerWithAnotherCatalogueStandsStillAndSaysSo() {
        try (CheckedEstate app = server()) {
            app.asset("host-1", "host.server");
            app.app.app().database().useTransaction(tx -> tx.execute("update check_catalogue set sha256 = '00'"));
            app.settle();
            assertThat(runs(app)).isEmpty();
            assertThat(app.app.get("/api/v1/doctor").body()).contains("not those of the server");
            assertThat(app.app.get("/").body()).contains("This server runs no checks");
        }
    }

    private static TestApp.Answer state(CheckedEstate app, String check) {
        return app.app.post(
                "/api/v1/assets/shop.example/checks/" + check + "/attestation",
                Map.of("attested", true, "by", CheckedEstate.OWNER));
    }

    /** Nobody answers one question where the server asks another. */
    @Test
    void aCommandWithAnotherFileOfAQuestionKeepsNoAnswerToIt() throws IOException {
        String packaged = TestChecks.load(empty)
                .find("registrar-lock-attested")
                .orElseThrow()
                .text();
        write("registrar-lock-attested", packaged.replace("version: 1", "version: 2"));
        try (CheckedEstate app = server()) {
            app.asset("shop.example", "domain");
            app.settle();
        }
        clock.advance(Duration.ofMinutes(1));
        try (CheckedEstate command = open(empty, App.Mode.COMMAND)) {
            TestApp.Answer refused = state(command, "registrar-lock-attested").is(409);
            assertThat(refused.text("/code")).isEqualTo("other_check_folder");
            assertThat(refused.body()).contains("RONDE_CHECKS");
            assertThat(records(command, "check.attested")).isZero();
        }
    }

    private static List<String> states(CheckedEstate app) {
        return Sql.texts(app.app.app().database(), "select check_id from check_state order by check_id");
    }
}
