package dev.ronde.testing.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.Needs;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each probe against the real server, exposed and protected, with a canary in its data. */
@Tag("service")
class DebianServicesTest {
    @Test
    @Needs("redis-server")
    void redis() {
        try (Service open = Services.redis(false);
                Service closed = Services.redis(true)) {
            assertThat(reply("redis.anonymous", open, "ping")).isEqualTo("pong");
            assertThat(reply("redis.anonymous", closed, "ping")).isEqualTo("noauth");
        }
    }

    @Test
    @Needs("memcached")
    void memcached() {
        try (Service open = Services.memcached(false);
                Service closed = Services.memcached(true)) {
            assertThat(reply("memcached.open-tcp", open, "version")).isEqualTo("version");
            assertThat(reply("memcached.open-tcp", closed, "version")).isEqualTo("unauthenticated");
        }
    }

    @Test
    @Needs({"mosquitto", "mosquitto_passwd"})
    void mosquitto() {
        try (Service open = Services.mosquitto(false);
                Service closed = Services.mosquitto(true)) {
            assertThat(facts("mqtt.anonymous", open, "connect").get("returnCode"))
                    .isEqualTo(0L);
            assertThat(facts("mqtt.anonymous", closed, "connect").get("returnCode"))
                    .isEqualTo(5L);
        }
    }

    @Test
    @Needs("nats-server")
    void nats() {
        try (Service open = Services.nats(false);
                Service closed = Services.nats(true)) {
            assertThat(facts("nats.anonymous", open, "info").get("authRequired"))
                    .isEqualTo(false);
            assertThat(facts("nats.anonymous", closed, "info").get("authRequired"))
                    .isEqualTo(true);
        }
    }

    @Test
    @Needs("/usr/lib/postgresql")
    void postgresEveryMethod() {
        try (PostgresService postgres = PostgresService.start(false, "host all all 127.0.0.1/32 trust")) {
            assertThat(method(postgres)).isEqualTo("trust");
            Map<String, String> methods =
                    Map.of("password", "cleartext", "md5", "md5", "scram-sha-256", "scram", "reject", "rejected");
            postgres.passwordsAs("md5");
            methods.forEach((rule, method) -> {
                postgres.rules("host all all 127.0.0.1/32 " + rule);
                assertThat(method(postgres)).as(rule).isEqualTo(method);
            });
        }
    }

    @Test
    @Needs({"/usr/lib/postgresql", "openssl"})
    void postgresTheWeakerTransportCounts() {
        try (PostgresService postgres = PostgresService.start(
                true, "hostssl all all 127.0.0.1/32 scram-sha-256", "hostnossl all all 127.0.0.1/32 trust")) {
            Map<?, ?> auth = facts("postgres.auth-method", postgres, "auth");
            assertThat(auth.get("method")).isEqualTo("trust");
            assertThat(auth.get("overTls")).isEqualTo(false);
            assertThat(facts("postgres.auth-method", postgres, "ssl").get("reply"))
                    .isEqualTo("supported");
            postgres.rules("hostssl all all 127.0.0.1/32 trust", "hostnossl all all 127.0.0.1/32 reject");
            auth = facts("postgres.auth-method", postgres, "auth");
            assertThat(auth.get("method")).isEqualTo("trust");
            assertThat(auth.get("overTls")).isEqualTo(true);
        }
    }

    private static Object method(Service postgres) {
        return facts("postgres.auth-method", postgres, "auth").get("method");
    }

    private static Object reply(String type, Service service, String part) {
        return facts(type, service, part).get("reply");
    }

    private static Map<?, ?> facts(String type, Service service, String part) {
        return ServiceProbes.facts(ServiceProbes.collect(type, service), part);
    }
}
