package dev.ronde;

import dev.ronde.WalkWorld.Step;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The steps of the walk that stop probes. */
final class ProbingSteps {
    private final WalkWorld world;

    ProbingSteps(WalkWorld world) {
        this.world = world;
    }

    List<Step> all() {
        String windows = "/api/v1/maintenance-windows";
        return List.of(
                world.sends("POST /api/v1/probing/stop", "probing.stopped", Map.of("reason", "alarm")),
                world.sends("POST /api/v1/probing/resume", "probing.resumed", Map.of()),
                world.sends("POST /checks/probing/stop", "probing.stopped", Map.of("reason", "alarm")),
                world.sends("POST /checks/probing/resume", "probing.resumed", Map.of()),
                new Step("POST " + windows, Set.of("maintenance.planned"), () -> world.call("POST", windows, window())),
                new Step(
                        "POST " + windows + "/{id}/end",
                        Set.of("maintenance.ended"),
                        () -> world.call("POST", windows + "/" + world.field("id") + "/end", Map.of())),
                world.sends(
                        "POST /checks/probing/windows",
                        "maintenance.planned",
                        Map.of("asset", "a-01", "until", "2199-12-31T22:00", "reason", "new disks")),
                new Step("POST /checks/probing/windows/{id}/end", Set.of("maintenance.ended"), () -> {
                    world.call("POST", windows, window());
                    return world.form("/checks/probing/windows/" + world.field("id") + "/end", Map.of());
                }));
    }

    private Map<String, String> window() {
        return Map.of("asset", "a-01", "until", "2199-12-31T22:00:00Z", "reason", "new disks");
    }
}
