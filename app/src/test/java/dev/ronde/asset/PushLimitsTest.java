package dev.ronde.asset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.platform.json.Json;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Elsewhere;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What one token may do to everybody else by pushing: little. */
final class PushLimitsTest {
    private final TestDatabase test = TestDatabase.open(DatabaseKind.H2);
    private final TestClock clock = new TestClock();
    private AssetServer server;

    @BeforeEach
    void start() {
        server = new AssetServer(test.database(), clock, Set.of("host.server"));
        server.inventory.asset("srv", "host.server");
        server.inventory.asset("other", "host.server");
    }

    @AfterEach
    void stop() {
        server.close();
        test.close();
    }

    private AssetServer.Answer push(String ref, String json) {
        return server.send(
                "PUT",
                "token AGENT",
                "/api/v1/assets/" + ref + "/snapshots/host.v1",
                json.replace('\'', '"'),
                "Content-Type",
                "application/json");
    }

    private void refused(String json, String pointer, String code, String bound) {
        JsonNode error = push("srv", json).is(422).json().get("errors").get(0);
        assertThat(error.get("pointer").stringValue()).isEqualTo(pointer);
        assertThat(error.get("code").stringValue()).isEqualTo(code);
        assertThat(error.get("message").stringValue()).contains(bound, "checks/sources/host.v1.yaml");
    }

    private static String list(int count, String element) {
        return IntStream.range(0, count)
                .mapToObj(index -> element.replace("{}", String.valueOf(index)))
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void whatIsLargerThanTheSourceTakesIsRefusedByPlaceAndBound() {
        String os = "{'os':{'family':'linux'},";
        refused(
                os + "'patches':{'missing':" + list(5_001, "'KB{}'") + "}}",
                "/patches/missing",
                "too_many_elements",
                "at most 5000 elements in a list");
        refused(
                os + "'users':" + "{'a':".repeat(8) + "1" + "}".repeat(8) + "}",
                "/users" + "/a".repeat(7),
                "too_deep",
                "at most 8 levels");
        refused(
                os + "'patches':{'missing':" + list(4_000, "'" + "update ".repeat(15) + "{}'") + "}}",
                "/patches/missing/2762",
                "too_much_text",
                "at most 300000 characters");
        push("srv", os + "'users':[" + "[],".repeat(200_000) + "1]}").is(400);
        assertThat(server.get("token COMPLIANCE", "/api/v1/assets/srv/snapshots")
                        .json()
                        .get("refused")
                        .findValuesAsString("code"))
                .containsExactly("too_deep");
    }

    @Test
    void aTokenThatPushesTooMuchForAnAssetWaits() {
        String large = "{'os':{'family':'linux'},'agent':'" + "x".repeat(1_000_000) + "'}";
        for (int round = 0; round < 15; round++) {
            assertThat(push("srv", large).status()).isIn(200, 201);
        }
        AssetServer.Answer refused = push("srv", large).is(429);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 160);
        push("other", large).is(201);
        clock.advance(Duration.ofMinutes(3));
        push("srv", large).is(200);
    }

    @Test
    void aDocumentIsReadWhileSomebodyWrites() throws Exception {
        push("srv", "{'os':{'family':'linux'}}");
        Asset asset = test.database().read(handle -> server.inventory.assets.get(handle, "srv"));
        byte[] body = Json.write(java.util.Map.of("os", java.util.Map.of("family", "bsd")))
                .getBytes(StandardCharsets.UTF_8);
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        CompletableFuture<Boolean> writer =
                Elsewhere.supply(() -> test.database().inTransaction(tx -> {
                    writing.countDown();
                    return waited(read);
                }));
        assertThat(writing.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Elsewhere.supply(() -> server.snapshots.read(test.database(), "host.v1", body))
                        .get(10, TimeUnit.SECONDS))
                .isNotNull();
        read.countDown();
        assertThat(writer.get(10, TimeUnit.SECONDS)).isTrue();
    }

    private static boolean waited(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
