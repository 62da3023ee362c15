package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnBothDatabases;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** Several callers who want the same at the same moment, and texts no database can keep: the answers are the same on both databases. */
@OnBothDatabases
final class TwoAtOnceTest {
    private static TestApp app;

    TwoAtOnceTest(DatabaseKind kind) {
        assertThat(app.app().database().dialect().name()).isEqualTo(kind.name());
    }

    @BeforeParameterizedClassInvocation
    static void start(DatabaseKind kind) {
        app = TestApp.start(new TestClock(), TestDatabase.settings(kind));
    }

    @AfterParameterizedClassInvocation
    static void close() {
        app.close();
    }

    @Test
    void theSameImport() throws Exception {
        String csv = IntStream.range(0, 100)
                .mapToObj(n -> "new-" + n + ",Asset,service.redis,owner" + n % 5 + "@example.org\n")
                .collect(Collectors.joining("", "ref,name,kind,owner_email\n", ""));
        Map<String, String> headers = app.operator("Content-Type", "text/csv");
        List<TestApp.Answer> answers = atOnce(4, n -> app.call("POST", "/api/v1/assets/import", csv, headers));
        assertThat(answers).extracting(TestApp.Answer::status).containsOnly(200);
        assertThat(answers.stream()
                        .mapToInt(answer -> answer.json().path("created").asInt())
                        .sum())
                .isEqualTo(100);
    }

    @Test
    void theSameRowsInAnotherOrder() throws Exception {
        List<String> rows = IntStream.range(0, 100)
                .mapToObj(n -> "row-" + n + ",Asset,service.redis,owner@example.org\n")
                .toList();
        Map<String, String> headers = app.operator("Content-Type", "text/csv");
        List<TestApp.Answer> answers = atOnce(4, n -> {
            List<String> turned = new ArrayList<>(rows);
            Collections.rotate(turned, n * 25);
            return app.call(
                    "POST", "/api/v1/assets/import", "ref,name,kind,owner_email\n" + String.join("", turned), headers);
        });
        assertThat(answers).extracting(TestApp.Answer::status).containsOnly(200);
    }

    @Test
    void theSameVersion() throws Exception {
        Map<String, String> asset = Map.of("ref", "a-1", "name", "One", "kind", "host.linux", "owner", "o@example.org");
        String etag = app.post("/api/v1/assets", asset).header("ETag");
        Map<String, String> headers = app.operator("If-Match", etag);
        List<TestApp.Answer> answers =
                atOnce(8, n -> app.call("PATCH", "/api/v1/assets/a-1", Map.of("name", "Name " + n), headers));
        assertThat(answers.stream().map(TestApp.Answer::status).sorted())
                .containsExactly(200, 412, 412, 412, 412, 412, 412, 412);
    }

    @Test
    void theSamePerson() throws Exception {
        List<TestApp.Answer> answers =
                atOnce(6, n -> app.post("/api/v1/people", Map.of("email", "dana@example.org", "name", "Dana " + n)));
        assertThat(answers.stream().map(TestApp.Answer::status).sorted()).containsExactly(201, 409, 409, 409, 409, 409);
    }

    @Test
    void textsThatNoDatabaseKeeps() {
        for (String path : List.of("""
                /assets?q=%00 /assets?tag=a%00b /people?q=%00 /check-runs?asset=%00 /findings?check=%00
                /reviews?plan=%00 /evidence/records?type=%00 /exposure?to=-999999999-01-01
                /exposure?to=%2B999999999-12-31""".split("\\s+"))) {
            TestApp.Answer answer = app.get("/api/v1" + path);
            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.text("/code")).as(path).isEqualTo("bad_parameter");
            assertThat(answer.json().path("errors").path(0).path("code").asString())
                    .as(path)
                    .isEqualTo("bad_parameter");
        }
        assertThat(app.post("/api/v1/probing/stop", "{\"reason\":\"a\\u0000\"}").text("/code"))
                .isEqualTo("bad_json");
        assertThat(app.post("/api/v1/probing/stop", "{\"reason\":\"a\\\\u0000\"}")
                        .status())
                .as("a backslash before a u is no escape")
                .isEqualTo(200);
        assertThat(app.post("/api/v1/evidence/exports", "{\"from\":\"2026-11-30\",\"to\":\"+999999999-12-31\"}")
                        .is(422)
                        .body())
                .contains("/to", "a date such as 2026-12-31");
        TestApp.Answer object = app.post("/api/v1/evidence/exports", "{\"from\":{\"year\":2026},\"to\":\"2026-12-31\"}")
                .is(422);
        assertThat(object.body()).contains("/from", "a date such as 2026-12-31");
        for (String method : List.of("GET", "PATCH", "DELETE")) {
            TestApp.Answer bare =
                    app.call(method, "/api/v1/reviews/REV-1%00", null).is(400);
            assertThat(bare.header("Connection")).as(method).isEqualTo("close");
            assertThat(bare.header("Content-Type")).as(method).startsWith("application/problem+json");
            assertThat(bare.json().path("status").asInt()).isEqualTo(400);
        }
    }

    private static List<TestApp.Answer> atOnce(int callers, IntFunction<TestApp.Answer> call)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Callable<TestApp.Answer>> calls = new ArrayList<>();
            for (int n = 0; n < callers; n++) {
                int number = n;
                calls.add(() -> call.apply(number));
            }
            List<TestApp.Answer> answers = new ArrayList<>();
            for (Future<TestApp.Answer> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }
}
