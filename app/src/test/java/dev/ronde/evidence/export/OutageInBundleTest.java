package dev.ronde.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.VerifiedBundle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A server that was down over the end of a quarter: what was due then is in the bundle of that quarter, once, however late it was noticed. */
class OutageInBundleTest {
    private static final String ASSETS = """
            ref,name,kind,owner_email,criticality,last_review_on
            cache-1,Session cache,service.redis,nadia@example.org,high,2026-02-20
            cache-2,Second cache,service.redis,nadia@example.org,high,2026-02-20
            """;
    private static final String PLAN = """
            {"id":"monthly","title":"Monthly review","scope":{"criticality":["high"]},"max_gap_days":45,
             "cadence":{"monthly":{"day":28}},"zone":"Europe/Paris","lead_time":"P7D","missed_after":"P10D"}""";
    private static final Instant END = Instant.parse("2026-04-01T00:00:00Z");

    private final TestClock clock = TestClock.at("2026-03-18T09:00:00Z");

    @Test
    void everyRunAndReviewOfTheQuarterIsInItsBundleOnce() {
        try (TestApp app = TestApp.start(clock, Map.of())) {
            app.call("POST", "/api/v1/assets/import", ASSETS, headers(app, "text/csv"));
            app.call("POST", "/api/v1/plans", PLAN, headers(app, "application/json"));
            app.settle();
            for (int day = 0; day < 6; day++) {
                clock.advance(Duration.ofDays(1));
                app.settle();
            }
            clock.advance(Duration.ofDays(17));
            app.settle();
            clock.advance(Duration.ofDays(1));
            app.settle();

            VerifiedBundle quarter = VerifiedBundle.export(app, Map.of("from", "2026-01-01", "to", "2026-03-31"));
            VerifiedBundle next = VerifiedBundle.export(app, Map.of("from", "2026-04-01", "to", "2026-06-30"));
            Map<String, TreeSet<Instant>> due = new TreeMap<>();
            List<NamedCsvRecord> runs = rows(quarter, "expected_vs_actual.csv");
            List<NamedCsvRecord> later = rows(next, "expected_vs_actual.csv");
            assertThat(runs).allMatch(row -> Instant.parse(row.getField("due")).isBefore(END));
            assertThat(later)
                    .noneMatch(row -> Instant.parse(row.getField("due")).isBefore(END));
            runs.forEach(row -> add(due, row));
            int quarterRuns = runs.size();
            assertThat(runs)
                    .filteredOn(row -> row.getField("outcome").equals("missed"))
                    .hasSizeGreaterThan(50);
            later.forEach(row -> add(due, row));
            assertThat(due.values().stream().mapToInt(TreeSet::size).sum())
                    .as("each once, in one of the two")
                    .isEqualTo(quarterRuns + later.size());
            due.forEach((check, times) -> {
                Instant before = null;
                Duration interval = null;
                for (Instant time : times) {
                    if (before != null) {
                        Duration step = Duration.between(before, time);
                        assertThat(
                                        interval == null
                                                ? Duration.ZERO
                                                : step.minus(interval).abs())
                                .as(check + " " + time + ": none between is left out")
                                .isLessThanOrEqualTo(Duration.ofSeconds(1));
                        interval = step;
                    }
                    before = time;
                }
            });
            assertThat(rows(quarter, "reviews.csv"))
                    .hasSize(2)
                    .allMatch(row -> row.getField("due_on").equals("2026-03-28")
                            && row.getField("outcome").equals("missed"));
            assertThat(rows(next, "reviews.csv")).isEmpty();
            assertThat(rows(next, "upcoming.csv"))
                    .allMatch(row -> row.getField("due_on").compareTo("2026-04-11") > 0)
                    .isNotEmpty();
            assertThat(new String(quarter.file("", "manifest.json"), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("\"reviews_missed\":2");
        }
    }

    private static void add(Map<String, TreeSet<Instant>> due, NamedCsvRecord row) {
        due.computeIfAbsent(row.getField("asset") + " " + row.getField("check"), key -> new TreeSet<>())
                .add(Instant.parse(row.getField("due")));
    }

    private static List<NamedCsvRecord> rows(VerifiedBundle bundle, String table) {
        return CsvReader.builder().ofNamedCsvRecord(bundle.table(table)).stream()
                .toList();
    }

    private static Map<String, String> headers(TestApp app, String type) {
        return app.operator("Content-Type", type);
    }
}
