package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.services.ScriptedServer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may see only what is theirs learns nothing of other assets by a dry run, and sends no packet to them. */
final class DryRunOfOthersTest {
    private static final String DRY_RUN = "/checks/redis-anonymous-access/dry-run";
    private static final String EVE = "eve@example.org";
    private static final String PASSWORD = "correct horse battery";

    @Test
    void anOwnerProbesNobodyElsesAsset() throws IOException {
        try (ScriptedServer open = ScriptedServer.start(ScriptedServer.answer("+PONG\r\n"));
                WalkWorld world = new WalkWorld()) {
            Map<String, String> eve = Map.of("email", EVE, "name", "Eve", "role", "owner", "password", PASSWORD);
            assertThat(world.call("POST", "/api/v1/people", eve)).isEqualTo(201);
            asset(world, "theirs", "somebody@example.org", open.port());
            asset(world, "hers", EVE, open.port());
            world.signIn(EVE, PASSWORD);

            for (String ref : new String[] {"theirs", "no-such"}) {
                assertThat(world.formOf(EVE, DRY_RUN, Map.of("asset", ref)))
                        .as("one that is somebody else's answers like one that is not there: " + ref)
                        .isEqualTo(404);
            }
            assertThat(open.connections()).isZero();
            assertThat(world.get("/api/v1/probe-log?asset=theirs").path("items"))
                    .isEmpty();

            assertThat(world.formOf(EVE, DRY_RUN, Map.of("asset", "hers"))).isEqualTo(200);
            assertThat(open.connections()).isPositive();
        }
    }

    private static void asset(WalkWorld world, String ref, String owner, int port) {
        int made = world.call(
                "POST",
                "/api/v1/assets",
                Map.of(
                        "ref",
                        ref,
                        "name",
                        ref,
                        "kind",
                        "service.redis",
                        "owner",
                        owner,
                        "address",
                        "127.0.0.1",
                        "port",
                        port,
                        "probe_authorised_until",
                        "2099-01-01"));
        assertThat(made).isEqualTo(201);
    }
}
