package dev.ronde.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.CheckedEstate;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.json.Json;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** More errors of one check than are read hide no other check, and nobody's. Files that are no checks make the errors, without a network. */
final class LastingErrorsTest {
    @TempDir
    Path checks;

    @Test
    void oneBrokenCheckHidesNoOther() throws IOException {
        for (String id : List.of("redis-anonymous-access", "memcached-open-tcp")) {
            Files.writeString(checks.resolve(id + ".yaml"), "id: " + id + "\nversion: [1\n");
        }
        TestClock clock = TestClock.at("2026-03-02T08:00:00Z");
        try (CheckedEstate estate = CheckedEstate.start(clock, Map.of(Setting.CHECKS, checks.toString()))) {
            for (int i = 0; i < 3; i++) {
                estate.asset("cache-" + i, "service.redis", "owner", "olga@example.org");
            }
            estate.asset("dns-1", "service.redis", "owner", "otto@example.org");
            estate.asset("zone-1", "service.memcached", "owner", "olga@example.org");
            for (int i = 0; i < 2; i++) {
                estate.settle();
                clock.advance(Duration.ofHours(2));
            }
            estate.settle();
            LastingErrors errors = new LastingErrors(check -> Duration.ofHours(3), 4);
            Collection<LastingError> seen = estate.app
                    .app()
                    .database()
                    .read(handle -> errors.byId(handle, clock.instant(), Duration.ZERO))
                    .values();
            assertThat(seen)
                    .extracting(error -> error.owner() + " " + error.check())
                    .containsExactlyInAnyOrder(
                            "olga@example.org redis-anonymous-access",
                            "otto@example.org redis-anonymous-access",
                            "olga@example.org memcached-open-tcp",
                            "olga@example.org memcached-open-udp");
            JsonNode gaps = Json.tree(gaps(estate, "lasting_error")).get("items");
            assertThat(seen)
                    .as("what is an error is what its result says")
                    .allMatch(error -> error.erring()
                            == gaps.valueStream()
                                    .anyMatch(gap -> gap.get("asset").asString().equals(error.asset())
                                            && gap.get("check").asString().equals(error.check())
                                            && gap.get("outcome").asString().equals("error")));
        }
    }

    /** Nobody is told of what was never asked before; of a statement that is overdue they are, once it has lasted. */
    @Test
    void anOverdueStatementIsToldAndOneThatNobodyEverMadeIsNot() throws IOException {
        String packaged = new String(
                LastingErrorsTest.class
                        .getResourceAsStream("/checks/registrar-lock-attested.yaml")
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        String daily = packaged.replace("frequency: P365D", "frequency: P3D");
        Files.writeString(checks.resolve("registrar-lock-attested.yaml"), daily);
        TestClock clock = TestClock.at("2026-03-02T08:00:00Z");
        try (CheckedEstate estate = CheckedEstate.start(clock, Map.of(Setting.CHECKS, checks.toString()))) {
            estate.asset("stated.example", "domain", "owner", "olga@example.org");
            estate.asset("silent.example", "domain", "owner", "olga@example.org");
            estate.settle();
            clock.advance(Duration.ofHours(1));
            String said = "/api/v1/assets/stated.example/checks/registrar-lock-attested/attestation";
            estate.app
                    .post(said, Map.of("attested", true, "by", "olga@example.org"))
                    .is(200);
            for (int day = 0; day < 4; day++) {
                estate.settle();
                clock.advance(Duration.ofDays(1));
            }
            estate.settle();
            assertThat(gaps(estate, "stale")).contains("attestation-overdue", "stated.example");
            assertThat(gaps(estate, "never_run")).contains("never-attested", "silent.example");
            assertThat(told(estate, clock)).as("today").isEmpty();
            for (int day = 0; day < 3; day++) {
                clock.advance(Duration.ofDays(1));
                estate.settle();
            }
            assertThat(told(estate, clock)).containsExactly("stated.example attestation-overdue");
        }
    }

    private static String gaps(CheckedEstate estate, String gap) {
        return estate.app.get("/api/v1/coverage/gaps?gap=" + gap).body();
    }

    private static List<String> told(CheckedEstate estate, TestClock clock) {
        LastingErrors errors = new LastingErrors(check -> Duration.ofDays(2));
        return estate
                .app
                .app()
                .database()
                .read(handle -> errors.byId(handle, clock.instant(), Duration.ZERO))
                .values()
                .stream()
                .map(error -> error.asset() + " " + error.reason())
                .toList();
    }
}
