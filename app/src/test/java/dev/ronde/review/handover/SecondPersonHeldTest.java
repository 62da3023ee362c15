package dev.ronde.review.handover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.json.Json;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Whoever had a review in their hands is not its second person, however it came and went. */
final class SecondPersonHeldTest {
    private static final String PLAN = """
            id: monthly-%1$d
            title: Monthly
            scope: {assets: [db-%1$d]}
            cadence: {every: P1M, anchor: 2026-03-10}
            approval: {default: none, critical: second_person}
            """;
    private static final TestClock CLOCK = new TestClock();

    @AutoClose
    private static final TestApp APP = TestApp.start(CLOCK, Map.of());

    private static int scenarios;

    private final int scenario = ++scenarios;
    private final Map<String, String> tokens = new HashMap<>();
    private String ref;

    /** Each step is a minute after the one before; everybody but those who act is an owner. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "held it, and owned the asset | owned by ann, plan, eve assigns cem, cem attests, owner bob, owner cem,"
                        + "ann approves 403, bob approves 403, eve approves 200",
                "owned the asset before it opened | owned by bob, owner ann, renamed, plan, renamed, ann attests, owner cem,"
                        + "ann approves 403, cem approves 403, bob approves 200",
                "the criticality is lowered for a while | owned by ann, plan, medium, ann attests, bob approves 200",
                "gives on what the lead gave | owned by ann, plan, eve assigns bob, bob assigns cem, cem attests,"
                        + "bob approves 403, bob rejects 403, eve approves 200",
                "hands over | owned by ann, plan, eve assigns bob, bob leaves cem, cem attests, bob approves 403, eve approves 200",
                "stepped in for somebody on leave | owned by ann bob, plan, ann away, has bob, eve assigns cem, cem attests,"
                        + "bob approves 403, eve approves 200",
                "took it up with an asset without owner | owned by ann, plan, ann leaves, owner bob, has bob, owner cem,"
                        + "eve assigns cem, cem attests, bob approves 403, eve approves 200",
                "leaves the team that held it | owned by ann, plan, team of bob cem, eve assigns team, team attests, team of cem,"
                        + "bob approves 403, cem approves 403, eve approves 200",
                "a shared account that is no team any more | team of bob, owned by team, plan, bob attests, team of,"
                        + "team approves 403, owner cem, team approves 403, eve approves 200",
                "left the team before it opened | team of bob cem, team of cem, owned by team, plan, cem attests, bob approves 200"
            })
    void whoHadItIsNotItsSecondPerson(String who, String steps) {
        Stream.of("ann", "bob", "cem", "eve", "team")
                .forEach(name -> APP.post("/api/v1/people", Map.of("email", email(name))));
        for (String step : steps.split(",")) {
            CLOCK.advance(Duration.ofMinutes(1));
            take(List.of(step.strip().split(" ")));
        }
    }

    private void take(List<String> step) {
        String last = step.get(step.size() - 1);
        String asset = "/api/v1/assets/db-" + scenario;
        switch (step.get(0)) {
            case "owned" -> owned(step.get(2), step.size() > 3 ? email(last) : "");
            case "owner" -> call("PATCH", asset, Map.of("owner", email(last)));
            case "renamed" ->
                call("PATCH", asset, Map.of("name", CLOCK.instant().toString()));
            case "medium" -> call("PATCH", asset, Map.of("criticality", "medium"));
            case "has" -> assertThat(review().path("owner").asString()).isEqualTo(email(last));
            case "plan" -> plan();
            default -> act(step.get(0), step.get(1), step.subList(2, step.size()));
        }
    }

    private void act(String who, String verb, List<String> rest) {
        String person = "/api/v1/people/" + id(email(who));
        switch (verb) {
            case "of" ->
                call(
                        "PUT",
                        person + "/members",
                        Map.of("members", rest.stream().map(this::email).toList()));
            case "leaves" ->
                APP.post(
                                person + "/handover",
                                rest.isEmpty()
                                        ? Map.of("way", "queue")
                                        : Map.of("to", email(rest.get(0)), "deactivate", false))
                        .is(200);
            case "away" -> {
                APP.post(person + "/absences", Map.of("from", "2026-03-02", "until", "2026-03-20"));
                CLOCK.advance(Duration.ofDays(1));
                APP.settle();
            }
            case "assigns" ->
                as(who, "assign", Map.of("to", email(rest.get(0)))).is(200);
            case "attests" -> {
                as(who, "attest", Map.of("outcome", "no_change")).is(200);
                assertThat(review().at("/approval/state").asString()).isEqualTo("pending");
            }
            case "approves" -> as(who, "approve", Map.of()).is(Integer.parseInt(rest.get(0)));
            case "rejects" -> as(who, "reject", Map.of("reason", "no")).is(Integer.parseInt(rest.get(0)));
            default -> throw new IllegalArgumentException(verb);
        }
    }

    private void owned(String owner, String backup) {
        String csv = "ref,name,kind,criticality,owner_email,backup_email\ndb-%d,One,service.redis,critical,%s,%s\n";
        APP.call("POST", "/api/v1/assets/import", csv.formatted(scenario, email(owner), backup), operator("text/csv"))
                .is(200);
    }

    private void plan() {
        APP.call("POST", "/api/v1/plans", PLAN.formatted(scenario), operator("application/yaml"))
                .is(201);
        ref = APP.get("/api/v1/reviews?due_before=2026-03-11&asset=db-" + scenario)
                .text("/items/0/ref");
    }

    private JsonNode review() {
        return APP.get("/api/v1/reviews/" + ref).json();
    }

    private void call(String method, String path, Map<String, Object> body) {
        Map<String, String> headers = new HashMap<>(operator("application/json"));
        headers.put("If-Match", "*");
        APP.call(method, path, Json.write(body), headers).is(200);
    }

    private static Map<String, String> operator(String type) {
        return APP.operator("Content-Type", type);
    }

    private TestApp.Answer as(String who, String action, Map<String, Object> body) {
        Map<String, String> headers = TestApp.bearer(token(email(who)));
        return APP.call("POST", "/api/v1/reviews/" + ref + "/" + action, body, headers);
    }

    /** A token that this person made. */
    private String token(String email) {
        return tokens.computeIfAbsent(email, address -> {
            JsonNode made = APP.post("/api/v1/tokens", Map.of("name", address, "role", "compliance"))
                    .json();
            APP.app().database().useTransaction(tx -> {
                tx.execute("update person set role = 'COMPLIANCE' where email = ?", address);
                tx.createUpdate("update api_token set created_by = (select actor_ref from person where email = :email)"
                                + " where id = cast(:id as uuid)")
                        .bind("email", address)
                        .bind("id", made.path("id").asString())
                        .execute();
            });
            return made.path("token").asString();
        });
    }

    private String email(String name) {
        return name + "-" + scenario + "@example.org";
    }

    private static String id(String email) {
        return APP.get("/api/v1/people?q=" + email).text("/items/0/id");
    }
}
