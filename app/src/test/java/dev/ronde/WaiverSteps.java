package dev.ronde;

import dev.ronde.WalkWorld.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;

/** Findings that somebody received, and waivers, once each: asked for by one, decided by another. */
final class WaiverSteps {
    private static final String OPEN_DISK = """
            {"os":{"family":"linux"},"disks":[{"device":"sda","encrypted":false}],"patches":{"pending_security":0}}""";
    private static final Map<String, String> DRAFT =
            Map.of("category", "accepted-risk", "reason", "A lab machine.", "until", "2026-05-20");

    private final WalkWorld world;
    private String lead = "";

    WaiverSteps(WalkWorld world) {
        this.world = world;
    }

    List<Step> all() {
        return List.of(
                step("POST /api/v1/findings/{id}/acknowledge", "finding.acknowledged", () -> {
                    world.text("PUT", "/api/v1/assets/a-24/snapshots/host.v1", OPEN_DISK, "application/json");
                    world.text("PUT", "/api/v1/assets/a-23/snapshots/host.v1", OPEN_DISK, "application/json");
                    world.advance(Duration.ofHours(1));
                    return world.call("POST", "/api/v1/findings/" + finding("a-24") + "/acknowledge", Map.of());
                }),
                world.sends("POST /findings/{id}/acknowledge", "finding.acknowledged", () -> finding("a-23"), Map.of()),
                step("POST /api/v1/findings/{id}/waivers", "waiver.requested", () -> {
                    lead = world.tokenOfPerson("compliance");
                    return request();
                }),
                step(
                        "POST /api/v1/waivers/{ref}/deny",
                        "waiver.denied",
                        () -> world.call("POST", newest() + "/deny", Map.of("reason", "Encrypt it."))),
                step("POST /api/v1/waivers/{ref}/approve", "waiver.approved", () -> {
                    request();
                    return world.call("POST", newest() + "/approve", Map.of());
                }),
                step("DELETE /api/v1/waivers/{ref}", "waiver.revoked", () -> world.match("DELETE", newest(), null)),
                step(
                        "POST /api/v1/waivers/apply",
                        "waiver.requested",
                        () -> world.call(
                                        "POST",
                                        "/api/v1/waivers/apply",
                                        Map.of("waivers", List.of(wanted())),
                                        Map.of("Authorization", "Bearer " + lead))
                                .status()),
                step(
                        "POST /api/v1/waivers/{ref}/deny",
                        "waiver.denied",
                        () -> world.call("POST", newest() + "/deny", Map.of())),
                world.sends("POST /findings/{id}/waiver", "waiver.requested", () -> finding("a-24"), DRAFT),
                step(
                        "POST /waivers/{ref}/{action}",
                        "waiver.revoked",
                        () -> world.form(
                                newest().replace("/api/v1", "") + "/revoke",
                                Map.of("v", world.get(newest()).path("version").asString("1")))));
    }

    private static Map<String, Object> wanted() {
        Map<String, Object> wanted = new HashMap<>(DRAFT);
        wanted.put("check", "host-disk-encryption");
        wanted.put("assets", List.of("a-24"));
        wanted.put("ticket", "OPS-1");
        return wanted;
    }

    private static Step step(String route, String type, IntSupplier act) {
        return new Step(route, Set.of(type), act);
    }

    private int request() {
        Map<String, String> headers = Map.of("Authorization", "Bearer " + lead);
        return world.call("POST", "/api/v1/findings/" + finding("a-24") + "/waivers", DRAFT, headers)
                .status();
    }

    private String finding(String asset) {
        return world.get("/api/v1/findings?state=open&asset=" + asset)
                .at("/items/0/id")
                .asString();
    }

    private String newest() {
        return "/api/v1/waivers/"
                + world.get("/api/v1/waivers?asset=a-24").at("/items/0/ref").asString();
    }
}
