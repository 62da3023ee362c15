package dev.ronde.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the pages of people say is with them. */
final class PersonLoadTest {

    private static final String PLAN = """
            id: monthly
            title: Monthly review
            scope: {criticality: [high]}
            cadence: {every: P1M, anchor: 2026-03-12}
            zone: Europe/Paris
            max_gap_days: 45
            lead_time: P14D
            grace: P3D
            missed_after: P30D
            """;

    @Test
    void openAndLateReviewsWhoStepsInAndWhetherMailArrivesAreSeen() {
        TestClock clock = TestClock.at("2026-03-05T08:00:00Z");
        try (TestApp app = TestApp.start(clock, Map.of())) {
            for (String ref : new String[] {"web-1", "web-2"}) {
                Map<String, Object> asset = Map.of(
                        "ref",
                        ref,
                        "name",
                        "Web",
                        "kind",
                        "service.redis",
                        "criticality",
                        "high",
                        "owner",
                        "alice@example.org",
                        "backup",
                        "bob@example.org",
                        "manager",
                        "mia@example.org");
                app.post("/api/v1/assets", asset).is(201);
            }
            app.post("/api/v1/plans", PLAN).is(201);
            app.settle();
            assertThat(app.get("/people").body()).contains("2 open").doesNotContain("overdue");
            clock.set(Instant.parse("2026-03-20T08:00:00Z"));
            app.settle();
            String id = app.get("/api/v1/people?q=alice")
                    .json()
                    .get("items")
                    .get(0)
                    .get("id")
                    .asString();
            app.app()
                    .database()
                    .useTransaction(tx -> tx.createUpdate(
                                    "insert into address_health (address, person_id, state) values (:address, :id, 'unreachable')")
                            .bind("address", "alice@example.org")
                            .bind("id", UUID.fromString(id))
                            .execute());
            assertThat(app.get("/people").body())
                    .contains("2 open", "! 2 overdue", "✕ mail comes back", ">English</span>");
            assertThat(app.get("/people/" + id).body())
                    .contains(
                            "<dt>Assets they own</dt><dd>2</dd>",
                            "! 2 overdue",
                            "<dt>Who steps in</dt><dd>bob",
                            "<dt>Who is told one level up</dt><dd>mia");
        }
    }
}
