package dev.ronde.testing.services;

import static dev.ronde.testing.services.ServiceTable.exposed;
import static dev.ronde.testing.services.ServiceTable.guarded;
import static dev.ronde.testing.services.ServiceTable.halfway;
import static dev.ronde.testing.services.ServiceTable.judge;
import static dev.ronde.testing.services.Standing.another;
import static dev.ronde.testing.services.Standing.exposed;
import static dev.ronde.testing.services.Standing.guarded;
import static dev.ronde.testing.services.Standing.halfway;
import static dev.ronde.testing.services.Standing.silent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.Needs;
import dev.ronde.testing.services.ServiceProbes.Verdict;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each shipped check against the real server, exposed and protected, with a canary in its data. */
@Tag("service")
class DebianServicesTest {
    @Test
    @Needs({"redis-server", "openssl"})
    void redis() {
        judge(
                "redis-anonymous-access",
                exposed(() -> Services.redis(false), "fail [commands-need-credentials]"),
                guarded(() -> Services.redis(true), "pass"),
                halfway(() -> Services.redisHalf(), "fail [strangers-not-logged-in]"),
                exposed(() -> Services.redisBehindTls("no"), "fail [commands-need-credentials]")
                        .other("memcached-open-tcp", "unknown"),
                guarded(() -> Services.redisBehindTls("yes"), "pass"));
    }

    @Test
    @Needs("openssl")
    void aHandshakeThatFailsIsNoProof() {
        try (Service old = exposed(Services.tls(
                        Certificates.GOOD, "-tls1_2", "-cipher", "ARIA256-GCM-SHA384:ECDHE-ARIA128-GCM-SHA256"));
                Service mute = silent(Services.tls(Certificates.GOOD))) {
            for (String check : new String[] {"redis-anonymous-access", "memcached-open-tcp", "prometheus-anonymous"}) {
                assertThat(word(check, another(old))).as(check).isEqualTo("unknown");
                Verdict verdict = ServiceProbes.check(check, mute, null, Duration.ofMillis(1_500));
                assertThat(verdict.word()).as(check).isEqualTo("unknown");
            }
        }
    }

    @Test
    @Needs("memcached")
    void memcached() {
        judge(
                "memcached-open-tcp",
                exposed(() -> Services.memcached(false), "fail [commands-need-credentials]"),
                guarded(() -> Services.memcached(true), "pass"));
    }

    @Test
    @Needs({"mosquitto", "mosquitto_passwd"})
    void mosquitto() {
        judge(
                "mqtt-anonymous",
                exposed(() -> Services.mosquitto(false), "fail [client-needs-credentials]"),
                // a list of topics is no sign-in
                halfway(() -> Services.mosquittoHalf(), "fail [client-needs-credentials]"),
                guarded(() -> Services.mosquitto(true), "pass"));
    }

    @Test
    @Needs("nats-server")
    void nats() {
        judge(
                "nats-anonymous",
                exposed(() -> Services.nats(false), "fail [client-needs-credentials]"),
                // who names no user is one
                halfway(() -> Services.natsHalf(), "fail [client-needs-credentials]"),
                guarded(() -> Services.nats(true), "pass"));
    }

    @Test
    @Needs("/usr/lib/postgresql")
    void postgresEveryMethod() {
        try (PostgresService postgres = PostgresService.start(false, "host all all 127.0.0.1/32 trust")) {
            assertMethod(postgres, "trust", "trust", "fail [password-demanded]");
            assertMethod(postgres, "password", "cleartext", "fail [password-not-in-clear]");
            assertMethod(postgres, "scram-sha-256", "scram", "pass");
            assertMethod(postgres, "reject", "rejected", "pass");
            postgres.passwordsAs("md5");
            assertMethod(postgres, "md5", "md5", "fail [strong-method]");
        }
    }

    @Test
    @Needs({"/usr/lib/postgresql", "openssl"})
    void postgresTheWeakerTransportCounts() {
        try (PostgresService postgres = PostgresService.start(
                true, "hostssl all all 127.0.0.1/32 scram-sha-256", "hostnossl all all 127.0.0.1/32 trust")) {
            Verdict plain = ServiceProbes.check("postgres-auth-method", halfway(postgres));
            assertThat(plain.word()).isEqualTo("fail [password-demanded]");
            assertThat(plain.facts("auth").get("overTls")).isEqualTo(false);
            assertThat(plain.facts("ssl").get("reply")).isEqualTo("supported");
            postgres.rules("hostssl all all 127.0.0.1/32 trust", "hostnossl all all 127.0.0.1/32 reject");
            Verdict tls = ServiceProbes.check("postgres-auth-method", halfway(postgres));
            assertThat(tls.word()).isEqualTo("fail [password-demanded]");
            assertThat(tls.facts("auth").get("overTls")).isEqualTo(true);
        }
    }

    @Test
    @Needs("/usr/lib/postgresql")
    void postgresIsJudgedForTheDatabaseAndRoleThatAreNamed() {
        try (PostgresService postgres = PostgresService.start(false, "host appdb all 127.0.0.1/32 trust")) {
            String check = "postgres-auth-method";
            assertThat(word(check, guarded(postgres)))
                    .as("no line for that database")
                    .isEqualTo("pass");
            assertThat(named(exposed(postgres), "appdb", "probe")).isEqualTo("fail [password-demanded]");
            postgres.rules("host all reporter 127.0.0.1/32 trust", "host all all 127.0.0.1/32 scram-sha-256");
            assertThat(named(guarded(postgres), "appdb", "probe")).isEqualTo("pass");
            assertThat(named(halfway(postgres), "appdb", "reporter")).isEqualTo("fail [password-demanded]");
        }
    }

    private static String named(Service postgres, String database, String user) {
        Map<String, String> options = Map.of("database", database, "user", user);
        return ServiceProbes.checkWith("postgres-auth-method", postgres, options)
                .word();
    }

    @Test
    @Needs({"redis-server", "memcached", "mosquitto", "nats-server"})
    void oneServiceIsNeverTakenForAnother() {
        try (Service redis = Services.redis(false);
                Service memcached = Services.memcached(false);
                Service nats = Services.nats(false)) {
            assertUnknown("redis-anonymous-access", memcached, nats);
            assertUnknown("memcached-open-tcp", redis, nats);
            assertUnknown("mqtt-anonymous", redis, memcached, nats);
            assertUnknown("nats-anonymous", redis, memcached);
            assertUnknown("postgres-auth-method", redis, memcached, nats);
            assertUnknown("elasticsearch-anonymous-access", redis, memcached, nats);
            assertUnknown("tls-protocol-and-certificate", redis, memcached, nats);
        }
    }

    private static void assertUnknown(String check, Service... services) {
        for (Service service : services) {
            Verdict verdict = ServiceProbes.check(check, service, null, Duration.ofMillis(700));
            assertThat(verdict.word()).as(check + " at " + service).isEqualTo("unknown");
        }
    }

    private static void assertMethod(PostgresService postgres, String rule, String method, String word) {
        postgres.rules("host all all 127.0.0.1/32 " + rule);
        Service standing =
                word.equals("pass") ? guarded(postgres) : rule.equals("md5") ? halfway(postgres) : exposed(postgres);
        Verdict verdict = ServiceProbes.check("postgres-auth-method", standing);
        assertThat(verdict.facts("auth").get("method")).as(rule).isEqualTo(method);
        assertThat(verdict.word()).as(rule).isEqualTo(word);
    }

    private static String word(String check, Service service) {
        return ServiceProbes.check(check, service).word();
    }
}
