package dev.ronde.review.forecast;

import static dev.ronde.review.ReviewServer.json;
import static dev.ronde.review.ReviewServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.http.Role;
import dev.ronde.review.ReviewServer;
import dev.ronde.review.TestReviews;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The load ahead from outside: what it says is what is expected, and levelling does what it showed. */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
class ForecastWebTest {

    @AutoClose
    private final ReviewServer server;

    ForecastWebTest(DatabaseKind kind) {
        server = new ReviewServer(kind);
    }

    @BeforeEach
    void tenAssetsOfOneOwner() {
        server.importAssets("ref,name,kind,owner_email,criticality\n"
                + IntStream.rangeClosed(1, 10)
                        .mapToObj(n -> "web-%02d,Web %d,service.redis,alice@corp.example,high".formatted(n, n))
                        .collect(Collectors.joining("\n"))
                + "\nweb-90,Other,service.redis,bob@corp.example,high\n");
        status(201, server.post("/api/v1/plans", TestReviews.QUARTERLY));
    }

    @Test
    void countsWhatIsExpectedByOwnerAndWeek() {
        JsonNode forecast = json(200, server.get("/api/v1/forecast?weeks=52"));
        assertThat(forecast.get("weeks")).hasSize(52);
        assertThat(forecast.get("weeks").get(0).asString()).isEqualTo("2026-03-02");
        JsonNode alice = forecast.get("items").get(0);
        assertThat(alice.get("owner").asString()).isEqualTo("alice@corp.example");
        assertThat(alice.get("due").get(1).asInt()).isEqualTo(10);
        assertThat(alice.get("peak").asInt()).isEqualTo(10);
        long expected = json(200, server.get("/api/v1/reviews?due_before=2027-03-01&limit=500"))
                .get("total")
                .get("count")
                .asLong();
        assertThat(forecast.get("everybody").get("total").asLong()).isEqualTo(expected);
        json(400, server.get("/api/v1/forecast?weeks=500"));
        assertThat(server.get("/forecast").body())
                .contains("Load ahead", "alice", "Level the load", "<text x=\"190\" y=\"14\">Mar");
        server.as(server.base.bob, Role.OWNER);
        assertThat(json(200, server.get("/api/v1/forecast")).get("items")).hasSize(1);
        assertThat(server.get("/forecast").body()).doesNotContain("Level the load");
        json(403, server.post("/api/v1/forecast/proposal", "{\"plan\":\"quarterly\"}"));
    }

    @Test
    void levelsAsShownWithoutStretchingAGap() {
        JsonNode proposal = json(200, server.post("/api/v1/forecast/proposal", "{\"plan\":\"quarterly\"}"));
        assertThat(proposal.get("applied").asBoolean()).isFalse();
        assertThat(proposal.get("moves")).isNotEmpty();
        assertThat(proposal.get("peaks").get(0).get("after").asInt())
                .isLessThan(proposal.get("peaks").get(0).get("before").asInt());
        assertThat(nextOn("web-05")).isEqualTo(LocalDate.of(2026, 6, 12));
        json(422, server.post("/api/v1/forecast/apply", "{\"plan\":\"quarterly\"}"));
        json(409, server.post("/api/v1/forecast/apply", "{\"plan\":\"quarterly\",\"fingerprint\":\"other\"}"));
        JsonNode applied = json(
                200,
                server.post(
                        "/api/v1/forecast/apply",
                        "{\"plan\":\"quarterly\",\"fingerprint\":\""
                                + proposal.get("fingerprint").asString() + "\"}"));
        assertThat(applied.get("moves")).isEqualTo(proposal.get("moves"));
        for (JsonNode move : applied.get("moves")) {
            String asset = move.get("asset").asString();
            assertThat(nextOn(asset).toString()).isEqualTo(move.get("to").asString());
            List<LocalDate> slots = slots(asset);
            for (int index = 1; index < slots.size(); index++) {
                assertThat(ChronoUnit.DAYS.between(slots.get(index - 1), slots.get(index)))
                        .as(asset + " " + slots)
                        .isLessThanOrEqualTo(92);
            }
        }
        int peak = json(200, server.get("/api/v1/forecast"))
                .get("items")
                .get(0)
                .get("due")
                .valueStream()
                .skip(3)
                .mapToInt(JsonNode::asInt)
                .max()
                .orElse(0);
        assertThat(peak).isLessThan(10);
        assertThat(server.sweep()).isZero();
        JsonNode again = json(200, server.post("/api/v1/forecast/proposal", "{\"plan\":\"quarterly\"}"));
        assertThat(again.get("moves").size()).isLessThan(proposal.get("moves").size());
    }

    @Test
    void thePageShowsBeforeItApplies() {
        String shown = server.form("/forecast", Map.of("plan", "quarterly", "do", "propose"))
                .body();
        assertThat(shown)
                .as("what a square and a shade are")
                .contains("One square is a week", "One square is four weeks", "<rect class=\"heat-4\" width=\"1\"");
        assertThat(shown).contains("assets would move", "Apply this proposal", "the fullest week goes from");
        String fingerprint = shown.replaceAll("(?s).*name=\"fingerprint\" value=\"([^\"]*)\".*", "$1");
        status(409, server.form("/forecast", Map.of("plan", "quarterly", "do", "apply", "fingerprint", "x")));
        assertThat(server.form("/forecast", Map.of("plan", "quarterly", "do", "apply", "fingerprint", fingerprint))
                        .body())
                .contains("assets moved");
        String monthly = TestReviews.QUARTERLY
                .replace("id: quarterly", "id: monthly")
                .replace("{every: P3M, anchor: 2026-03-12}", "{monthly: {day: 15}}")
                .replace("max_gap_days: 92\n", "");
        json(201, server.post("/api/v1/plans", monthly));
        status(409, server.form("/forecast", Map.of("plan", "monthly", "do", "propose")));
    }

    private LocalDate nextOn(String asset) {
        return slots(asset).get(1);
    }

    private List<LocalDate> slots(String asset) {
        return json(200, server.get("/api/v1/reviews?plan=quarterly&asset=" + asset))
                .get("items")
                .valueStream()
                .map(review -> LocalDate.parse(review.get("scheduled_on").asString()))
                .toList();
    }
}
