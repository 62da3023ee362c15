package dev.ronde.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** More errors of one check than are read hide no other check, and nobody's. */
final class LastingErrorsTest {
    private static void asset(TestApp app, String ref, String kind, String owner) {
        Map<String, Object> asset = Map.of(
                "ref",
                ref,
                "name",
                ref,
                "kind",
                kind,
                "owner",
                owner,
                "hostname",
                ref + ".invalid",
                "probe_authorised_until",
                "2027-01-01");
        TestApp.Answer answer = app.post("/api/v1/assets", asset);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    @Test
    void oneBrokenCheckHidesNoOther() {
        TestClock clock = TestClock.at("2026-03-02T08:00:00Z");
        try (TestApp app = TestApp.start(clock, Map.of(Setting.PROBE_ALLOW, "10.0.0.0/8"))) {
            for (int i = 0; i < 3; i++) {
                asset(app, "cache-" + i, "service.redis", "olga@example.org");
            }
            asset(app, "dns-1", "service.redis", "otto@example.org");
            asset(app, "zone-1", "service.memcached", "olga@example.org");
            for (int i = 0; i < 2; i++) {
                app.settle();
                clock.advance(Duration.ofHours(2));
            }
            app.settle();
            LastingErrors errors = new LastingErrors(check -> Duration.ofHours(3), 3);
            Collection<LastingError> seen = app.app()
                    .database()
                    .read(handle -> errors.byId(handle, clock.instant(), Duration.ZERO))
                    .values();
            assertThat(seen)
                    .extracting(error -> error.owner() + " " + error.check())
                    .containsExactlyInAnyOrder(
                            "olga@example.org redis-anonymous-access",
                            "otto@example.org redis-anonymous-access",
                            "olga@example.org memcached-open-tcp");
        }
    }
}
