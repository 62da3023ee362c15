package dev.ronde.evidence.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.population.Leaf;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExceptionsTest {
    private final Exceptions exceptions = new Exceptions(
            new ExportScope(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-31"), List.of(), List.of()));
    private long index;

    @Test
    void theSameExceptionDayAfterDayIsOneRow() {
        for (int day = 10; day < 20; day++) {
            result(day, "db-1", "backup", "unknown", "source-unavailable");
        }
        result(20, "db-1", "backup", "unknown", "stale");
        assertThat(exceptions.total()).isEqualTo(11);
        assertThat(exceptions.different()).isEqualTo(2);
        assertThat(rows().get(0))
                .containsEntry("at", "2026-03-10 08:00")
                .containsEntry("last", "2026-03-19 08:00")
                .containsEntry("count", "10")
                .containsEntry("index", "0");
        assertThat(rows().get(1)).containsEntry("count", "1").containsEntry("reason", "stale");
    }

    @Test
    void theWorstStandFirstAndAPassNowhere() {
        published("tls", "low");
        published("redis", "critical");
        result(10, "a", "tls", "unknown", "stale");
        result(11, "a", "tls", "fail", "old");
        result(12, "a", "redis", "fail", "open");
        result(13, "a", "redis", "error", "timeout");
        result(14, "a", "redis", "pass", "");
        add(15, "run.missed", Map.of("asset", "a", "check", "tls", "reason", "node down"), "asset", "a");
        assertThat(rows().stream()
                        .map(row -> row.get("outcome") + " " + row.get("what"))
                        .toList())
                .containsExactly(
                        "fail title of redis",
                        "fail title of tls",
                        "error title of redis",
                        "missed title of tls",
                        "unknown title of tls");
    }

    @Test
    void noMoreThanTwoHundredRowsAreReported() {
        for (int asset = 0; asset < 250; asset++) {
            result(10, "asset-" + asset, "redis", "unknown", "stale");
        }
        result(30, "late", "redis", "fail", "open");
        assertThat(rows()).hasSize(200);
        assertThat(exceptions.different()).isEqualTo(251);
        assertThat(rows().get(0)).containsEntry("asset", "late");
    }

    private List<Map<String, String>> rows() {
        return exceptions.rows(outcome -> outcome);
    }

    private void published(String check, String severity) {
        add(
                1,
                "check.published",
                Map.of(
                        "check",
                        Map.of("id", check),
                        "after",
                        Map.of("title", "title of " + check, "severity", severity)),
                "check",
                check);
    }

    private void result(int day, String asset, String check, String outcome, String reason) {
        add(
                day,
                "check.result",
                Map.of("asset", asset, "check", Map.of("id", check), "outcome", outcome, "reason", reason),
                "asset",
                asset);
    }

    private void add(int day, String type, Map<String, Object> data, String kind, String id) {
        Map<String, Object> document = Map.of(
                "type",
                type,
                "occurredAt",
                "2026-03-%02dT08:00:00Z".formatted(day),
                "on",
                Map.of("kind", kind, "id", id),
                "data",
                data);
        exceptions.add(new Leaf(index++, document));
    }
}
