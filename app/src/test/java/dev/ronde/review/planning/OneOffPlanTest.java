package dev.ronde.review.planning;

import static dev.ronde.review.ReviewServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.http.Role;
import dev.ronde.platform.json.Json;
import dev.ronde.review.ReviewServer;
import dev.ronde.testing.DatabaseKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A plan for a single date: one slot an asset, nothing before the announcement, nothing after the date. */
class OneOffPlanTest {

    private static final String ONCE = """
            id: log4j
            title: Look for the vulnerable library
            scope: {criticality: [high, critical]}
            cadence: {once: 2026-03-12}
            zone: Europe/Paris
            lead_time: P14D
            missed_after: P10D
            """;

    @AutoClose
    private final ReviewServer server = new ReviewServer(DatabaseKind.H2);

    @BeforeEach
    void threeAssets() {
        server.importAssets("""
                ref,name,kind,owner_email,criticality,unit
                web-01,Web 1,service.redis,alice@corp.example,high,Sales
                web-02,Web 2,service.redis,alice@corp.example,high,Sales
                web-03,Web 3,service.redis,bob@corp.example,critical,Works
                web-04,Web 4,service.redis,bob@corp.example,low,Works
                """);
    }

    @Test
    void nothingOpensBeforeItIsAnnouncedAndNothingComesAfterTheDate() {
        JsonNode added = json(201, server.post("/api/v1/plans", ONCE));
        assertThat(added.get("cadence").get("once").asString()).isEqualTo("2026-03-12");
        assertThat(added.get("held").asInt()).isEqualTo(3);
        assertThat(added.get("announced_at").isNull()).isTrue();
        assertThat(added.get("effect").get("opened").asInt()).isZero();
        assertThat(added.get("next_dates")).hasSize(1);
        server.base.at("2026-03-03T08:00:00Z");
        server.sweep();
        assertThat(progress().get("all").get("scheduled").asInt()).isEqualTo(3);

        JsonNode preview = json(200, server.post("/api/v1/plans/log4j/preview", ""));
        assertThat(preview.get("opened").asInt()).isEqualTo(3);
        JsonNode announced = json(200, server.post("/api/v1/plans/log4j/announce", ""));
        assertThat(announced.get("effect").get("mails").asInt())
                .isEqualTo(preview.get("mails").asInt());
        assertThat(announced.get("held").asInt()).isZero();
        assertThat(Instant.parse(announced.get("announced_at").asString())).isEqualTo(server.base.clock.instant());
        assertThat(refs("log4j")).hasSize(3);

        // what comes into the scope before the date joins without another announcement; after the date nothing does
        server.base.at("2026-03-05T08:00:00Z");
        server.base.database.useTransaction(
                tx -> tx.execute("update asset set criticality = 'high' where ref = 'web-04'"));
        server.sweep();
        assertThat(json(200, server.get("/api/v1/reviews?plan=log4j&state=open"))
                        .get("items"))
                .hasSize(4);
        server.base.at("2026-03-30T08:00:00Z");
        server.importAssets(
                "ref,name,kind,owner_email,criticality\nweb-05,Web 5,service.redis,bob@corp.example,high\n");
        server.sweep();
        server.base.at("2027-06-01T08:00:00Z");
        server.sweep();
        assertThat(refs("log4j")).hasSize(4);
        assertThat(progress().get("all").get("missed").asInt()).isEqualTo(4);
    }

    @Test
    void tellsHowFarItHasComeByUnitAndOwner() {
        server.post("/api/v1/plans", ONCE);
        server.post("/api/v1/plans/log4j/announce", "");
        json(200, server.post("/api/v1/reviews/" + server.first("web-01") + "/attest", "{\"outcome\":\"no_change\"}"));
        json(200, server.post("/api/v1/reviews/" + server.first("web-02") + "/problem", "{\"text\":\"It is there.\"}"));
        server.base.at("2026-03-14T08:00:00Z");
        server.sweep();
        assertThat(progress().get("all")).isEqualTo(Json.tree("""
                        {"reviews":3,"scheduled":0,"open":2,"problem":1,"overdue":2,"attested":1,"missed":0}"""));
        JsonNode sales = progress().get("units").get(0);
        assertThat(sales.get("unit").asString()).isEqualTo("Sales");
        assertThat(sales.get("attested").asInt()).isEqualTo(1);
        assertThat(sales.get("problem").asInt()).isEqualTo(1);
        assertThat(progress().get("owners").findValuesAsString("owner"))
                .containsExactly("alice@corp.example", "bob@corp.example");
        assertThat(server.get("/plans/log4j").body()).contains("1 of 3 attested", "12 Mar 2026", "Sales", "bob");
        assertThat(server.get("/plans").body()).contains("once, on one date", "1 of 3 attested");
        assertThat(progress().get("on_time")).isEqualTo(Json.tree("""
                        {"due":3,"on_time":1,"percent":33.3}"""));
        assertThat(server.get("/plans/log4j").body()).contains("33.3 % (1 of 3;");
        server.as(server.base.bob, Role.OWNER);
        assertThat(progress().get("all").get("reviews").asInt()).isEqualTo(1);
        assertThat(server.get("/plans/log4j").body())
                .contains("0 of 1 attested")
                .doesNotContain("alice@corp.example");
    }

    @Test
    void theDateMovesWhatHasNotOpenedAndAsksNobodyTwice() {
        server.post("/api/v1/plans", ONCE.replace("2026-03-12", "2026-05-12"));
        server.post("/api/v1/plans/log4j/announce", "");
        assertThat(server.get("/plans/log4j").body()).doesNotContain("wait for the announcement");
        JsonNode moved = put(ONCE);
        assertThat(moved.get("effect").get("moved").asInt()).isEqualTo(3);
        assertThat(moved.get("effect").get("opened").asInt()).isEqualTo(3);
        String first = refs("log4j").get(0);
        json(200, server.post("/api/v1/reviews/" + first + "/attest", "{\"outcome\":\"no_change\"}"));
        JsonNode later = put(ONCE.replace("2026-03-12", "2026-09-01"));
        assertThat(later.get("effect").get("moved").asInt()).isZero();
        assertThat(later.get("effect").get("kept").asInt())
                .as("open, and not done")
                .isEqualTo(2);
        assertThat(server.form(
                                "/plans/log4j",
                                Map.of(
                                        "text",
                                        ONCE.replace("2026-03-12", "2026-09-09"),
                                        "do",
                                        "preview",
                                        "v",
                                        later.get("version").asString("")))
                        .body())
                .contains("Open reviews that keep the dates they opened with: 2.");
        server.sweep();
        assertThat(refs("log4j")).hasSize(3);
        // a recurring plan out of it goes on from there
        put(ONCE.replace("once: 2026-03-12", "every: P6M, anchor: 2026-03-12"));
        assertThat(refs("log4j").size()).isGreaterThan(3);
        JsonNode backToOne = put(ONCE.replace("2026-03-12", "2026-12-24"));
        assertThat(backToOne.get("effect").get("cancelled").asInt()).isPositive();
        assertThat(json(200, server.get("/api/v1/reviews?plan=log4j&state=scheduled"))
                        .get("items")
                        .findValuesAsString("due_on"))
                .hasSize(3)
                .containsOnly("2026-12-24");
    }

    @Test
    void thePageTellsBeforeSavingWhatTheAnnouncementWillDo() {
        String page =
                server.form("/plans", Map.of("text", ONCE, "do", "preview")).body();
        assertThat(page)
                .contains(
                        "3 reviews wait for the announcement. Announcing opens 3 at once and writes 2 mails now, to 2 people.");
        assertThat(server.get("/plans").body()).doesNotContain("/plans/log4j");
        assertThat(server.form("/plans", Map.of("text", ONCE, "do", "save")).statusCode())
                .isEqualTo(303);
        assertThat(server.get("/plans/log4j").body()).contains("Announcing opens 3 at once");
        JsonNode applied = json(201, server.post("/api/v1/plans?announce=true", ONCE.replace("log4j", "other")));
        assertThat(applied.get("effect").get("opened").asInt()).isEqualTo(3);
        assertThat(applied.get("held").asInt()).isZero();
    }

    @Test
    void aDateThatIsOverIsRefused() {
        assertThat(json(422, server.post("/api/v1/plans", ONCE.replace("2026-03-12", "2026-03-01")))
                        .get("errors")
                        .get(0)
                        .get("pointer")
                        .asString())
                .isEqualTo("/cadence/once");
    }

    private JsonNode put(String plan) {
        int version =
                json(200, server.get("/api/v1/plans/log4j")).get("version").asInt();
        return json(200, server.put("/api/v1/plans/log4j", plan, "If-Match", "\"" + version + "\""));
    }

    private JsonNode progress() {
        return json(200, server.get("/api/v1/plans/log4j/progress"));
    }

    private List<String> refs(String plan) {
        return json(200, server.get("/api/v1/reviews?plan=" + plan + "&limit=500"))
                .get("items")
                .findValuesAsString("ref");
    }
}
