package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What members of a team with the role owner see and may do: what the team owns or backs up, as if it were theirs, and nothing else. */
class TeamSightTest {
    private static final String MEMBER = "nadia@example.org";
    private static final String OTHER = "olga@example.org";
    /** Of another team, whose reviews the tests answer: what the first one's lists hold stays as it was. */
    private static final String ANSWERING = "nora@example.org";

    private static final String PASSWORD = "correct horse battery";

    @AutoClose
    private static WalkWorld world;

    @BeforeAll
    static void start() {
        world = new WalkWorld();
        world.text("POST", "/api/v1/assets/import", """
                ref,name,kind,owner_email,backup_email,criticality
                srv-1,Of the team,host.linux,platform@example.org,,high
                srv-2,Of somebody,host.linux,somebody@example.org,,high
                srv-4,Of somebody too,host.linux,somebody@example.org,,high
                srv-3,Backed up by the team,host.linux,somebody@example.org,platform@example.org,high
                net-1,Of the other team,host.linux,network@example.org,,high
                """, "text/csv");
        for (String owner : List.of(MEMBER, OTHER, ANSWERING)) {
            world.call(
                    "POST",
                    "/api/v1/people",
                    Map.of("email", owner, "name", owner, "role", "owner", "password", PASSWORD));
        }
        member("platform", MEMBER);
        member("network", ANSWERING);
        world.text("POST", "/api/v1/plans", """
                id: monthly
                title: Monthly
                scope: {}
                cadence: {every: P1M, anchor: 2026-03-10}
                """, "application/yaml");
        world.advance(Duration.ofDays(1));
        world.signIn(MEMBER, PASSWORD);
        world.signIn(OTHER, PASSWORD);
        world.signIn(ANSWERING, PASSWORD);
    }

    private static void member(String team, String person) {
        String id = world.get("/api/v1/people?q=" + team).at("/items/0/id").asString();
        world.match("PUT", "/api/v1/people/" + id + "/members", Map.of("members", List.of(person)));
    }

    private static List<String> assets(String who, String list) {
        List<String> refs = new ArrayList<>();
        JsonNode items = world.as(who, "/api/v1/" + list).json().path("items");
        items.forEach(
                item -> refs.add(item.path("asset").asString(item.path("ref").asString(""))));
        return refs;
    }

    @Test
    void listsHoldWhatTheTeamAnswersFor() {
        assertThat(assets(MEMBER, "assets")).containsExactlyInAnyOrder("srv-1", "srv-3");
        assertThat(assets(MEMBER, "reviews?state=open")).containsExactlyInAnyOrder("srv-1", "srv-3");
        assertThat(assets(MEMBER, "check-runs")).contains("srv-1", "srv-3").doesNotContain("srv-2");
        assertThat(world.as(MEMBER, "/api/v1/check-runs.ocsf").body())
                .contains("\"srv-1\"", "\"srv-3\"")
                .doesNotContain("\"srv-2\"");
        assertThat(world.as(OTHER, "/api/v1/check-runs.ocsf").body()).isEmpty();
        assertThat(assets(MEMBER, "coverage/gaps")).contains("srv-1", "srv-3").doesNotContain("srv-2");
        assertThat(world.as(MEMBER, "/api/v1/forecast").body())
                .contains("platform@example.org")
                .doesNotContain("somebody@example.org");
        for (String list : List.of("assets", "reviews", "check-runs", "coverage/gaps", "findings", "waivers")) {
            assertThat(assets(OTHER, list)).as(list).isEmpty();
        }
    }

    @Test
    void pagesShowWhatTheTeamAnswersForAndNothingElse() {
        assertThat(world.as(MEMBER, "/assets").body())
                .contains("Of the team", "Backed up by the team")
                .doesNotContain("Of somebody");
        assertThat(world.as(MEMBER, "/reviews").body()).contains("srv-1").doesNotContain("srv-2");
        assertThat(world.as(OTHER, "/reviews").body()).doesNotContain("srv-1");
        for (String page :
                List.of("/", "/coverage", "/coverage/gaps", "/forecast", "/reviews/unchanged", "/findings")) {
            assertThat(world.as(MEMBER, page).status()).as(page).isEqualTo(200);
        }
        for (String path : List.of("/assets/", "/api/v1/assets/")) {
            world.as(MEMBER, path + "srv-1").is(200);
            world.as(MEMBER, path + "srv-2").is(404);
            world.as(OTHER, path + "srv-1").is(404);
        }
        for (String path : List.of("/reviews/", "/api/v1/reviews/")) {
            world.as(MEMBER, path + world.review("srv-1")).is(200);
            world.as(MEMBER, path + world.review("srv-2")).is(404);
            world.as(OTHER, path + world.review("srv-1")).is(404);
        }
    }

    @Test
    void answersForTheTeamInTheirOwnName() {
        String ofTeam = world.review("net-1");
        assertThat(world.formOf(OTHER, "/reviews/" + ofTeam + "/acknowledge", Map.of()))
                .isEqualTo(404);
        assertThat(world.formOf(ANSWERING, "/reviews/" + ofTeam + "/acknowledge", Map.of()))
                .isEqualTo(303);
        String ofSomebody = world.review("srv-4");
        assertThat(world.formOf(ANSWERING, "/reviews/" + ofSomebody + "/acknowledge", Map.of()))
                .isEqualTo(404);
        world.call("POST", "/api/v1/reviews/" + ofSomebody + "/delegate", Map.of("to", "network@example.org"));
        assertThat(world.formOf(ANSWERING, "/reviews/" + ofSomebody + "/accept-delegation", Map.of()))
                .as("what the team was asked")
                .isEqualTo(303);
        assertThat(world.get("/api/v1/reviews/" + ofSomebody).path("owner").asString(""))
                .isEqualTo("network@example.org");
    }
}
