package dev.ronde.review.planning;

import static dev.ronde.review.ReviewServer.json;
import static dev.ronde.review.ReviewServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.review.ReviewServer;
import dev.ronde.review.plan.PlanReader;
import dev.ronde.review.plan.TestVocabulary;
import dev.ronde.testing.DatabaseKind;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is allowed in a plan and hardly meant is said before it is saved, and after. */
class PlanWarningTest {
    private static final String PLAN = """
            id: p
            title: P
            scope: {}
            cadence: %s
            max_gap_days: %s
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {every: P6M, anchor: 2026-01-31} | 92 | 181
            {every: P6M, anchor: 2026-01-31} | 180 | 181
            {every: P6M, anchor: 2026-01-31} | 181 | 0
            {every: P3M, anchor: 2026-01-31} | 92 | 0
            {every: P3M, anchor: 2026-01-31} | 89 | 0
            {every: P3M, anchor: 2026-01-31} | 88 | 89
            {every: P30D, anchor: 2026-01-31} | 29 | 30
            {monthly: last_day, every_months: 12} | 364 | 365
            {monthly: {weekday: tuesday, nth: 2}} | 27 | 28
            {monthly: {weekday: tuesday, nth: 2}} | 28 | 0""")
    void aCadenceThatNeverKeepsTheGapIsNamed(String cadence, int gap, int apart) {
        PlanReader.Result read = new PlanReader(ZoneId.of("Europe/Paris")).read(PLAN.formatted(cadence, gap));
        assertThat(PlanWarning.of(read.plans().get(0), LocalDate.of(2026, 3, 2)))
                .extracting(PlanWarning::apart)
                .isEqualTo(apart == 0 ? List.of() : List.of((long) apart));
    }

    @Test
    void pagesAndApiSayItAndWhatAPlanNamesAndNobodyKnows() {
        String plan = """
                {"id":"named","title":"Named","scope":{"assets":["no-such-asset"]},"max_gap_days":92,
                 "cadence":{"every":"P6M","anchor":"2026-01-31"},"frameworks":["iso27o01:A.8.9","own:1"]}""";
        try (ReviewServer server = new ReviewServer(DatabaseKind.H2, TestVocabulary.SMALL)) {
            var warnings =
                    json(200, server.post("/api/v1/plans/named/preview", plan)).path("warnings");
            assertThat(warnings.findValuesAsString("code"))
                    .containsExactly("gap_never_kept", "unknown_assets", "unknown_framework", "unknown_framework");
            assertThat(warnings.findValuesAsString("message").get(1)).contains("no active asset", "no-such-asset");
            assertThat(warnings.findValuesAsString("message").get(2))
                    .contains("'iso27o01'", "did you mean 'iso27001'?");
            status(201, server.post("/api/v1/plans", plan));
            assertThat(json(200, server.get("/api/v1/plans/named")).path("warnings"))
                    .hasSize(4);
            assertThat(server.in("fr").get("/plans/named").body())
                    .contains(
                            "espacées d’au moins 181 jours et l’écart maximal est de 92 jours",
                            "n’en couvre rien : no-such-asset",
                            "Vouliez-vous dire « iso27001 »");
        }
    }
}
