package dev.ronde.finding;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.VerifiedBundle;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The exposure of a period is the same by API, as a file, and in a bundle that verifies. */
final class ExposureAppTest {
    private static final String CHECK = "host-disk-encryption";
    private static final Duration DAY = Duration.ofDays(1);

    private final TestClock clock = TestClock.at("2026-03-01T09:00:00Z");
    private final TestApp app = TestApp.start(clock, Map.of());

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void windowsOfAPeriodAreCountedClippedAndSpread() {
        story();
        JsonNode march = read("from=2026-03-01&to=2026-03-31");
        assertThat(march.at("/summary/windows").asInt()).isEqualTo(2);
        assertThat(march.at("/summary/open").asInt()).isEqualTo(1);
        assertThat(march.at("/summary/unknown_begin").asInt()).isEqualTo(1);
        JsonNode closed = window(march, "host-1");
        assertThat(closed.path("state").asString()).isEqualTo("fixed");
        assertThat(closed.at("/exposure/min_seconds").asLong()).isEqualTo(days(4));
        assertThat(closed.at("/exposure/max_seconds").asLong()).isEqualTo(days(6));
        assertThat(march.at("/summary/time_to_fix/p50_seconds").asLong()).isEqualTo(days(5));
        assertThat(march.at("/summary/time_to_detect/max_seconds").asLong()).isEqualTo(days(1));
        JsonNode open = window(march, "host-2");
        assertThat(open.at("/exposure/max_seconds").isNull()).isTrue();
        assertThat(march.at("/summary/assets/0/asset").asString()).isEqualTo("host-2");

        JsonNode clipped = read("from=2026-03-04&to=2026-03-05&asset=host-1");
        assertThat(clipped.at("/items/0/in_period/max_seconds").asLong()).isEqualTo(days(2));
        assertThat(read("from=2026-02-01&to=2026-02-20").at("/summary/windows").asInt())
                .isZero();
        assertThat(read("severity=low").at("/summary/windows").asInt()).isZero();
        assertThat(app.get("/api/v1/exposure?from=2026-03-09&to=2026-03-01").status())
                .isEqualTo(400);
        assertThat(app.get("/exposure").body()).contains("host-1", "2 windows reach into the period.");
    }

    @Test
    void theFileAndTheBundleSayTheSame() {
        story();
        String wanted = "from=2026-03-03&to=2026-03-07";
        Map<String, Map<String, String>> file =
                rows(app.get("/exposure.csv?" + wanted).body());
        Map<String, Map<String, String>> bundle = rows(bundled("2026-03-03", "2026-03-07"));
        assertThat(file.keySet()).isEqualTo(bundle.keySet()).hasSize(2);
        String closed = window(read(wanted), "host-1").path("finding").asString();
        // The bundle ends with its period, the file with today: what was fixed since is open there.
        assertThat(bundle.get(closed)).containsEntry("state", "open").containsEntry("fixed_at", "");
        assertThat(file.get(closed)).containsEntry("state", "fixed");
        Map<String, Map<String, String>> whole = rows(bundled("2026-03-01", "2026-03-31"));
        assertThat(whole.get(closed))
                .isEqualTo(rows(app.get("/exposure.csv?from=2026-03-01&to=2026-03-31")
                                .body())
                        .get(closed));
    }

    @Test
    void whenSomebodyReceivedItIsInTheFileAndInTheBundle() {
        story();
        String period = "from=2026-03-01&to=2026-03-31";
        String finding = window(read(period), "host-2").path("finding").asString();
        assertThat(app.post("/api/v1/findings/" + finding + "/acknowledge", Map.of())
                        .status())
                .isEqualTo(200);
        String at = window(read(period), "host-2").path("acknowledged_at").asString("");
        assertThat(at).isNotEmpty();
        assertThat(rows(app.get("/exposure.csv?" + period).body()).get(finding)).containsEntry("acknowledged_at", at);
        assertThat(rows(bundled("2026-03-01", "2026-03-31")).get(finding)).containsEntry("acknowledged_at", at);
        assertThat(rows(bundled("2026-03-01", "2026-03-05")).get(finding))
                .as("as it stood at the end of the period")
                .containsEntry("acknowledged_at", "");
    }

    /** A configuration that is only judged again was not seen again, in the file and in the bundle. */
    @Test
    void theBundleToo() {
        app.post(
                "/api/v1/assets",
                Map.of("ref", "host-3", "name", "h", "kind", "host.server", "owner", "o@example.org"));
        app.settle();
        clock.advance(Duration.ofMinutes(1));
        push("host-3", false, "2026-03-01T06:00:00Z");
        app.settle();
        clock.advance(DAY.plusHours(12));
        app.settle();
        String period = "from=2026-03-01&to=2026-03-31";
        assertThat(app.get("/api/v1/check-runs?asset=host-3&check=" + CHECK)
                        .json()
                        .path("items")
                        .size())
                .as("judged again")
                .isGreaterThan(2);
        JsonNode window = window(read(period), "host-3");
        assertThat(window.path("first_bad_at").asString()).isEqualTo("2026-03-01T06:00:00Z");
        assertThat(window.path("last_bad_at").asString()).isEqualTo("2026-03-01T06:00:00Z");
        String finding = window.path("finding").asString();
        Map<String, String> bundled = rows(bundled("2026-03-01", "2026-03-31")).get(finding);
        assertThat(bundled)
                .containsEntry("first_bad_at", "2026-03-01T06:00:00Z")
                .containsEntry("last_bad_at", "2026-03-01T06:00:00Z")
                .containsEntry("min_seconds", "0");
    }

    /** What is known to be fixed before it was known to be broken took no time to fix. */
    @Test
    void nothingTakesLessThanNoTimeToFix() {
        app.post(
                "/api/v1/assets",
                Map.of("ref", "host-4", "name", "h", "kind", "host.server", "owner", "o@example.org"));
        app.settle();
        clock.advance(Duration.ofMinutes(1));
        push("host-4", false, "2026-03-01T06:00:00Z");
        app.settle();
        clock.advance(Duration.ofHours(1));
        push("host-4", true, "2026-03-01T08:00:00Z");
        app.settle();
        JsonNode march = read("from=2026-03-01&to=2026-03-31&asset=host-4");
        assertThat(window(march, "host-4").path("fixed_at").asString()).isEqualTo("2026-03-01T08:00:00Z");
        assertThat(march.at("/summary/time_to_fix/p50_seconds").asLong(-1)).isZero();
        String page = "/findings/" + window(march, "host-4").path("finding").asString();
        assertThat(app.get(page).body())
                .as("before anything was pushed, the failing and the passing one")
                .contains("3 runs in this window");
    }

    /** host-1 passes for two days, fails for five looks, passes again; host-2 never passed. */
    private void story() {
        for (String ref : List.of("host-1", "host-2")) {
            app.post(
                    "/api/v1/assets", Map.of("ref", ref, "name", ref, "kind", "host.server", "owner", "o@example.org"));
        }
        app.settle();
        for (int day = 0; day < 12; day++) {
            push("host-1", day < 2 || day >= 7);
            push("host-2", false);
            app.settle();
            clock.advance(DAY);
        }
        app.settle();
    }

    private void push(String ref, boolean encrypted) {
        push(ref, encrypted, null);
    }

    private void push(String ref, boolean encrypted, @Nullable String collectedAt) {
        Map<String, String> headers = new HashMap<>();
        if (collectedAt != null) {
            headers.put("Ronde-Collected-At", collectedAt);
        }
        headers.put("Authorization", "Bearer " + app.app().token());
        headers.put("Content-Type", "application/json");
        String body = "{\"os\":{\"family\":\"linux\"},\"disks\":[{\"device\":\"sda\",\"encrypted\":" + encrypted
                + "}],\"patches\":{\"pending_security\":0}}";
        assertThat(app.call("PUT", "/api/v1/assets/" + ref + "/snapshots/host.v1", body, headers)
                        .status())
                .isBetween(200, 201);
    }

    private JsonNode read(String query) {
        TestApp.Answer answer = app.get("/api/v1/exposure?" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode window(JsonNode answer, String asset) {
        for (JsonNode item : answer.path("items")) {
            if (item.path("asset").asString().equals(asset)
                    && item.path("check").asString().equals(CHECK)) {
                return item;
            }
        }
        throw new AssertionError("no window of " + asset + " in " + answer);
    }

    private static long days(int days) {
        return DAY.multipliedBy(days).toSeconds();
    }

    private static Map<String, Map<String, String>> rows(String csv) {
        return CsvReader.builder().ofNamedCsvRecord(csv).stream()
                .collect(Collectors.toMap(row -> row.getField("finding"), row -> row.getFieldsAsMap()));
    }

    private String bundled(String from, String to) {
        return VerifiedBundle.export(app, Map.of("from", from, "to", to)).table("exposure.csv");
    }
}
