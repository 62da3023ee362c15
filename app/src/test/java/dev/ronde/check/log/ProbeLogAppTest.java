package dev.ronde.check.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.FreePort;
import dev.ronde.check.CheckedEstate;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnBothDatabases;
import dev.ronde.testing.RedisLikeServer;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The probe log names both ends, the bytes and the time of every exchange, also of one that nobody answered. */
@OnBothDatabases
final class ProbeLogAppTest {
    private final TestClock clock = new TestClock();
    private final DatabaseKind kind;

    ProbeLogAppTest(DatabaseKind kind) {
        this.kind = kind;
    }

    private Map<Setting, String> settings() {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        settings.put(Setting.PROBE_ALLOW, "127.0.0.1/32");
        settings.putAll(TestDatabase.settings(kind));
        return settings;
    }

    private static void redis(CheckedEstate app, String ref, int port) {
        Object[] asset = {"address", "127.0.0.1", "port", port, "probe_authorised_until", "2026-12-31"};
        app.asset(ref, "service.redis", asset);
    }

    private static JsonNode log(CheckedEstate app, String query) {
        return app.get("/api/v1/probe-log" + query);
    }

    @Test
    void everyExchangeIsLoggedFoundAndInTheEndForgotten() throws IOException {
        int dead = FreePort.free();
        try (RedisLikeServer server = new RedisLikeServer();
                CheckedEstate app = CheckedEstate.start(clock, settings())) {
            redis(app, "open-1", server.port());
            redis(app, "dead-1", dead);
            app.settle();

            JsonNode open = log(app, "?asset=open-1").at("/items/0");
            assertThat(open.path("check").asString()).isEqualTo("redis-anonymous-access");
            assertThat(open.path("transport").asString()).isEqualTo("tcp");
            assertThat(open.path("vantage").asString()).isEqualTo("internal");
            assertThat(open.path("local_address").asString()).isEqualTo("127.0.0.1");
            assertThat(open.path("local_port").asInt()).isBetween(1, 65_535);
            assertThat(open.path("remote_address").asString()).isEqualTo("127.0.0.1");
            assertThat(open.path("remote_port").asInt()).isEqualTo(server.port());
            assertThat(open.path("outcome").asString()).isEqualTo("response");
            assertThat(open.path("bytes_out").asInt()).isPositive();
            assertThat(open.path("bytes_in").asInt()).isPositive();
            assertThat(open.path("started_at").asString()).startsWith("2026-03-02T08:00");

            JsonNode refused = log(app, "?port=" + dead).at("/items/0");
            assertThat(refused.path("asset").asString()).isEqualTo("dead-1");
            assertThat(refused.path("outcome").asString()).isEqualTo("refused");
            assertThat(refused.path("local_address").asString()).isEqualTo("127.0.0.1");
            assertThat(refused.path("local_port").asInt())
                    .as("known before anybody answers")
                    .isPositive();
            assertThat(refused.path("bytes_in").asInt()).isZero();

            String own = "?address=127.0.0.1&port=" + open.path("local_port").asInt();
            assertThat(log(app, own).at("/items/0/asset").asString()).isEqualTo("open-1");
            assertThat(log(app, "?address=192.0.2.1").path("items")).isEmpty();
            assertThat(log(app, "?address=::ffff:127.0.0.1").path("items").size())
                    .as("another spelling of the same address")
                    .isEqualTo(log(app, "?address=127.0.0.1").path("items").size())
                    .isPositive();
            app.app.get("/api/v1/probe-log?address=foo").is(400);
            app.app.get("/api/v1/probe-log?outcome=bad").is(400);
            app.app.get("/api/v1/probe-log?outcome=tls-alert").is(200);
            app.app.get("/api/v1/probe-log?address=127.0.0.0/8").is(400);
            assertThat(log(app, "?to=2026-03-01T00:00:00Z").path("items")).isEmpty();
            assertThat(log(app, "?from=2026-03-02T00:00:00Z&check=redis-anonymous-access")
                            .path("items")
                            .size())
                    .isGreaterThanOrEqualTo(2);
            assertThat(app.app.get("/checks/probing/log?asset=open-1").body())
                    .contains("127.0.0.1 " + server.port())
                    .doesNotContain("127.0.0.1 " + dead);

            Tick tidying = ProbeLog.tidying(app.app.app().database(), ZoneOffset.UTC);
            tidying.run(clock.instant().plus(Duration.ofDays(399)));
            assertThat(log(app, "").path("items")).isNotEmpty();
            tidying.run(clock.instant().plus(Duration.ofDays(401)));
            assertThat(log(app, "").path("items")).isEmpty();
        }
    }
}
