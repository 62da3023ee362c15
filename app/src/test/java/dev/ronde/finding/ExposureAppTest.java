package dev.ronde.finding;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import dev.ronde.check.CheckedEstate;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.VerifiedBundle;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The exposure of a period is the same by API, as a file, and in a bundle that verifies. */
final class ExposureAppTest {
    private static final String CHECK = "host-disk-encryption";
    private static final Duration DAY = Duration.ofDays(1);
    private static final String MARCH = "from=2026-03-01&to=2026-03-31";
    private static final String EARLY = "2026-03-01T06:00:00Z";

    private static final TestClock CLOCK = TestClock.at("2026-03-01T09:00:00Z");
    private static CheckedEstate estate;

    /**
     * host-1 passes for two days, fails for five looks, passes again; host-2 never passed; host-3 was pushed once, as it was before it was
     * known here; host-4 is known to be fixed before it was known to be broken.
     */
    @BeforeAll
    static void story() {
        estate = CheckedEstate.start(CLOCK, Map.of());
        for (String ref : List.of("host-1", "host-2", "host-3", "host-4")) {
            estate.asset(ref, "host.server");
        }
        estate.settle();
        CLOCK.advance(Duration.ofMinutes(1));
        pushed("host-3", false, "Ronde-Collected-At", EARLY);
        push("host-4", false, "Ronde-Collected-At", EARLY);
        CLOCK.advance(Duration.ofHours(1));
        push("host-4", true, "Ronde-Collected-At", "2026-03-01T08:00:00Z");
        for (int day = 0; day < 12; day++) {
            pushed("host-1", day < 2 || day >= 7);
            push("host-2", false);
            CLOCK.advance(DAY);
        }
        estate.settle();
    }

    @AfterAll
    static void close() {
        estate.close();
    }

    @Test
    void windowsOfAPeriodAreCountedClippedAndSpread() {
        JsonNode closed = read(MARCH + "&asset=host-1");
        assertThat(closed.at("/summary/windows").asInt()).isEqualTo(1);
        assertThat(closed.at("/items/0/state").asString()).isEqualTo("fixed");
        assertThat(closed.at("/items/0/exposure/min_seconds").asLong()).isEqualTo(days(4));
        assertThat(closed.at("/items/0/exposure/max_seconds").asLong()).isEqualTo(days(6));
        assertThat(closed.at("/summary/time_to_fix/p50_seconds").asLong()).isEqualTo(days(5));
        assertThat(closed.at("/summary/time_to_detect/max_seconds").asLong()).isEqualTo(days(1));
        JsonNode march = read(MARCH);
        assertThat(march.at("/summary/windows").asInt()).isEqualTo(4);
        assertThat(march.at("/summary/open").asInt()).isEqualTo(2);
        assertThat(march.at("/summary/unknown_begin").asInt()).isEqualTo(3);
        assertThat(march.at("/summary/assets")).hasSize(4);
        assertThat(window(march, "host-2").at("/exposure/max_seconds").isNull()).isTrue();

        JsonNode clipped = read("from=2026-03-04&to=2026-03-05&asset=host-1");
        assertThat(clipped.at("/items/0/in_period/max_seconds").asLong()).isEqualTo(days(2));
        assertThat(read("from=2026-02-01&to=2026-02-20").at("/summary/windows").asInt())
                .isZero();
        assertThat(read("severity=low").at("/summary/windows").asInt()).isZero();
        assertThat(estate.app
                        .get("/api/v1/exposure?from=2026-03-09&to=2026-03-01")
                        .status())
                .isEqualTo(400);
        assertThat(estate.page("/exposure")).contains("host-1", "4 windows reach into the period.");
    }

    @Test
    void theFileAndTheBundleSayTheSame() {
        String wanted = "from=2026-03-03&to=2026-03-07";
        Map<String, Map<String, String>> file = file(wanted);
        Map<String, Map<String, String>> bundle = bundled("2026-03-03", "2026-03-07");
        assertThat(file.keySet()).isEqualTo(bundle.keySet()).hasSize(3);
        String closed = window(read(wanted), "host-1").path("finding").asString();
        // The bundle ends with its period, the file with today: what was fixed since is open there.
        assertThat(bundle.get(closed)).containsEntry("state", "open").containsEntry("fixed_at", "");
        assertThat(file.get(closed)).containsEntry("state", "fixed");

        JsonNode march = read(MARCH);
        String received = window(march, "host-2").path("finding").asString();
        assertThat(estate.app
                        .post("/api/v1/findings/" + received + "/acknowledge", Map.of())
                        .status())
                .isEqualTo(200);
        String at = window(read(MARCH), "host-2").path("acknowledged_at").asString("");
        assertThat(at).isNotEmpty();
        Map<String, Map<String, String>> whole = bundled("2026-03-01", "2026-03-31");
        assertThat(whole.get(closed)).isEqualTo(file(MARCH).get(closed));
        assertThat(file(MARCH).get(received)).containsEntry("acknowledged_at", at);
        assertThat(whole.get(received)).containsEntry("acknowledged_at", at);
        assertThat(bundle.get(received))
                .as("as it stood at the end of the period")
                .containsEntry("acknowledged_at", "");

        String again = window(march, "host-3").path("finding").asString();
        assertThat(estate.items("/api/v1/check-runs?asset=host-3&check=" + CHECK))
                .as("judged again")
                .hasSizeGreaterThan(2);
        for (Map<String, String> row : List.of(file(MARCH).get(again), whole.get(again))) {
            assertThat(row)
                    .as("a configuration that is only judged again was not seen again")
                    .containsEntry("first_bad_at", EARLY)
                    .containsEntry("last_bad_at", EARLY)
                    .containsEntry("min_seconds", "0");
        }
    }

    /** What is known to be fixed before it was known to be broken took no time to fix. */
    @Test
    void nothingTakesLessThanNoTimeToFix() {
        JsonNode march = read(MARCH + "&asset=host-4");
        assertThat(window(march, "host-4").path("fixed_at").asString()).isEqualTo("2026-03-01T08:00:00Z");
        assertThat(march.at("/summary/time_to_fix/p50_seconds").asLong(-1)).isZero();
        assertThat(estate.page(
                        "/findings/" + window(march, "host-4").path("finding").asString()))
                .containsPattern("[0-9]+ runs in this window");
    }

    private static void push(String ref, boolean encrypted, String... headers) {
        pushed(ref, encrypted, headers);
        estate.settle();
    }

    private static void pushed(String ref, boolean encrypted, String... headers) {
        String body = CheckedEstate.host(encrypted).replace('\'', '"');
        String path = "/api/v1/assets/" + ref + "/snapshots/host.v1";
        assertThat(estate.call("PUT", path, body, headers).status()).isBetween(200, 201);
    }

    private static JsonNode read(String query) {
        return estate.get("/api/v1/exposure?" + query);
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

    private static Map<String, Map<String, String>> file(String period) {
        return rows(estate.page("/exposure.csv?" + period));
    }

    private static Map<String, Map<String, String>> bundled(String from, String to) {
        return rows(VerifiedBundle.export(estate.app, Map.of("from", from, "to", to))
                .table("exposure.csv"));
    }

    private static Map<String, Map<String, String>> rows(String csv) {
        return CsvReader.builder().ofNamedCsvRecord(csv).stream()
                .collect(Collectors.toMap(row -> row.getField("finding"), row -> row.getFieldsAsMap()));
    }
}
