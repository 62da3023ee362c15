package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Reviews through the whole product, mails included: what drifts, and what waits for a second person. */
@Tag("long")
class ReviewStoryTest {

    private static final String PLAN = """
            {"id":"quarterly","title":"Quarterly review","scope":{},"cadence":{"every":"P3M","anchor":"2026-03-10"},
             "zone":"Europe/Paris","lead_time":"P14D"}""";
    private static final String GOOD = "{\"public_network\":\"disabled\",\"tls_required\":true}";
    private static final String KEPT = GOOD.replace("}", ",\"backup_days\":30}");
    private static final String OPEN = "{\"public_network\":\"all\",\"tls_required\":true}";

    @Test
    void theOwnerIsMailedTheDifferenceOnceAndLetGoWhenItIsUndoneUnlessItWasWider() {
        try (WalkWorld world = new WalkWorld()) {
            attested(world);
            int mails = world.mails().size();

            push(world, KEPT);
            world.advance(Duration.ofMinutes(15));
            JsonNode drift = drift(world);
            assertThat(drift.path("state").asString()).isEqualTo("open");
            world.advance(Duration.ofDays(1));
            List<String> sent = world.mails().subList(mails, world.mails().size());
            assertThat(sent)
                    .singleElement()
                    .asString()
                    .contains(drift.path("ref").asString())
                    .contains("no longer the one that was attested")
                    .contains("Backups kept");

            push(world, GOOD);
            world.advance(Duration.ofMinutes(2));
            assertThat(drift(world).path("state").asString()).isEqualTo("cancelled");
            assertThat(drift(world).path("cancel_reason").asString()).isEqualTo("back_to_attested");
            world.advance(Duration.ofDays(1));
            assertThat(world.mails()).hasSize(mails + 1);

            push(world, OPEN);
            world.advance(Duration.ofHours(3));
            int told = world.mails().size();
            push(world, GOOD);
            world.advance(Duration.ofDays(8));
            assertThat(drift(world).path("state").asString()).isEqualTo("open");
            assertThat(world.mails().subList(told, world.mails().size()))
                    .filteredOn(mail -> mail.contains(drift(world).path("ref").asString()))
                    .isNotEmpty()
                    .allSatisfy(mail -> assertThat(mail)
                            .contains("is back to the attested one")
                            .contains("Reachable from")
                            .doesNotContain("no longer the one that was attested"));
        }
    }

    @Test
    void aLeadWithoutAPartInItIsMailedForTheSecondSignature() {
        try (WalkWorld world = new WalkWorld()) {
            world.call(
                    "POST",
                    "/api/v1/people",
                    Map.of("email", "lead@example.org", "name", "Lina Lead", "role", "compliance"));
            world.text(
                    "POST",
                    "/api/v1/assets/import",
                    "ref,name,kind,owner_email,criticality\ndb-1,Orders,host.linux,nadia@example.org,critical\n",
                    "text/csv");
            String plan = PLAN.replace("\"zone\"", "\"approval\":{\"critical\":\"second_person\"},\"zone\"");
            assertThat(world.text("POST", "/api/v1/plans", plan, "application/json"))
                    .isEqualTo(201);
            world.advance(Duration.ofHours(1));
            String ref = "/api/v1/reviews/" + reviews(world).get(0).path("ref").asString();
            assertThat(world.call("POST", ref + "/attest", Map.of("outcome", "no_change")))
                    .isEqualTo(200);
            assertThat(world.get(ref).at("/approval/state").asString()).isEqualTo("pending");
            world.advance(Duration.ofDays(1));
            assertThat(world.mails().stream().filter(mail -> mail.contains("You had no part in it")))
                    .singleElement()
                    .asString()
                    .contains("lead@example.org");
            Map<String, String> another = Map.of("Authorization", "Bearer " + world.token("compliance"));
            assertThat(world.call("POST", ref + "/approve", Map.of(), another).status())
                    .as("a token of whoever attested")
                    .isEqualTo(403);
        }
    }

    /** One asset, whose good settings its owner attested. */
    private static void attested(WalkWorld world) {
        String csv = "ref,name,kind,owner_email,criticality\ndb-1,Orders,host.linux,nadia@example.org,high\n";
        world.text("POST", "/api/v1/assets/import", csv, "text/csv");
        push(world, GOOD);
        assertThat(world.text("POST", "/api/v1/plans", PLAN, "application/json"))
                .isEqualTo(201);
        world.advance(Duration.ofHours(1));
        JsonNode first = reviews(world).get(0);
        String digest = first.path("snapshot_digest").asString();
        String attest = "/api/v1/reviews/" + first.path("ref").asString() + "/attest";
        assertThat(world.call("POST", attest, Map.of("outcome", "no_change", "snapshot_digest", digest)))
                .isEqualTo(200);
    }

    private static void push(WalkWorld world, String body) {
        int status = world.text("PUT", "/api/v1/assets/db-1/snapshots/database.v1", body, "application/json");
        assertThat(status).isBetween(200, 201);
        world.settle();
    }

    private static List<JsonNode> reviews(WalkWorld world) {
        return world.get("/api/v1/reviews?asset=db-1")
                .path("items")
                .valueStream()
                .toList();
    }

    private static JsonNode drift(WalkWorld world) {
        return reviews(world).stream()
                .filter(review -> review.path("cause").asString().equals("drift"))
                .max(Comparator.comparing(review -> review.path("opened_at").asString()))
                .orElseThrow();
    }
}
