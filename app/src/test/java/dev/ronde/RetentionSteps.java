package dev.ronde;

import dev.ronde.WalkWorld.Step;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The steps of the walk that keep evidence, and that erase people. */
final class RetentionSteps {
    private static final String HOLDS = "/api/v1/holds";

    private final WalkWorld world;

    RetentionSteps(WalkWorld world) {
        this.world = world;
    }

    List<Step> all() {
        Map<String, String> hold = Map.of("person", "ada@example.org", "from", "2026-03-01", "reason", "case 7");
        return List.of(
                new Step("POST " + HOLDS, Set.of("hold.set"), () -> world.call("POST", HOLDS, hold)),
                new Step(
                        "POST " + HOLDS + "/{id}/release",
                        Set.of("hold.released"),
                        () -> world.call("POST", HOLDS + "/" + world.field("id") + "/release", Map.of())),
                new Step(
                        "POST /retention/holds",
                        Set.of("hold.set"),
                        () -> world.form("/retention/holds", Map.of("reason", "case 8"))),
                new Step(
                        "POST /api/v1/erasures",
                        Set.of("erasure.refused"),
                        () -> refused(person("gone-1@example.org", "Gone"))),
                new Step(
                        "POST /retention/holds/{id}/release",
                        Set.of("hold.released"),
                        () -> world.form("/retention/holds/" + hold("case 8") + "/release", Map.of())),
                new Step(
                        "POST /people/{id}/erase",
                        Set.of("erasure.executed"),
                        () -> world.form(
                                "/people/" + person("gone-2@example.org", "Gone Away") + "/erase",
                                Map.of("basis", "Art. 17", "sure", "true"))));
    }

    /** Refused while the hold is in force; answered with 409. */
    private int refused(String id) {
        int status = world.call("POST", "/api/v1/erasures", Map.of("person", ref(id), "basis", "Art. 17"));
        return status == 409 ? 200 : status;
    }

    /** By its reason: both have the same time, and none of them stands first. */
    private String hold(String reason) {
        for (JsonNode item : world.get(HOLDS).path("items")) {
            if (item.path("reason").asString().equals(reason)) {
                return item.path("id").asString();
            }
        }
        throw new AssertionError(reason);
    }

    private String ref(String id) {
        return world.get("/api/v1/people/" + id).path("email").asString();
    }

    private String person(String email, String name) {
        world.call("POST", "/api/v1/people", Map.of("email", email, "name", name));
        String id = world.field("id");
        world.call("POST", "/api/v1/people/" + id + "/handover", Map.of());
        return id;
    }
}
