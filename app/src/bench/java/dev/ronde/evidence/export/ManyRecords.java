package dev.ronde.evidence.export;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.Subject;
import dev.ronde.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Records of a year in little: a run of a check nearly always, now and then a finding or an attested review. */
final class ManyRecords {
    private static final int ASSETS = 1_000;
    private static final int CHECKS = 20;
    private static final int BATCH = 500;

    private final TestClock clock;
    private final BundleFixture fixture;

    ManyRecords(BundleFixture fixture) {
        this.fixture = fixture;
        this.clock = fixture.test.clock;
    }

    /** Appends and seals so many, all of March 2026. */
    void make(int records) {
        clock.set(Instant.parse("2026-03-01T00:00:01Z"));
        List<Evidence> begin = new ArrayList<>();
        for (int n = 0; n < ASSETS; n++) {
            Map<String, Object> after = Map.of("ref", "srv-" + n, "name", "Server " + n, "kind", "host.server");
            begin.add(Evidence.of("asset.created", Actor.SYSTEM, Subject.of("asset", "srv-" + n, 1))
                    .data("after", after));
        }
        for (int n = 0; n < CHECKS; n++) {
            Map<String, Object> after = Map.of("title", "Check " + n, "severity", "high");
            begin.add(Evidence.of("check.published", Actor.SYSTEM, Subject.of("check", "check-" + n, 1))
                    .data("check", check(n))
                    .data("after", after));
        }
        append(begin);
        Duration step = Duration.ofDays(30).dividedBy(records);
        for (int made = begin.size(); made < records; ) {
            List<Evidence> batch = new ArrayList<>();
            for (int n = 0; n < BATCH - 1 && made + n < records - 1; n++) {
                batch.add(made(made + n));
            }
            append(batch);
            made += batch.size() + 1;
            clock.advance(step.multipliedBy(BATCH));
        }
    }

    private void append(List<Evidence> batch) {
        fixture.test.database.useTransaction(tx -> fixture.test.log.appendAll(tx, batch));
        fixture.test.ledger.seal();
    }

    private Evidence made(int n) {
        if (n % 500 == 3) {
            return Evidence.of("finding.opened", Actor.SYSTEM, Subject.of("finding", "F-" + n, 1))
                    .asset("srv-" + n % ASSETS)
                    .data("check", check(n))
                    .data("after", Map.of("severity", "high", "first_bad_at", clock.instant()));
        }
        if (n % 100 == 7) {
            return Evidence.of("review.attested", BundleFixture.JEANNE, Subject.of("review", "REV-" + n, 3))
                    .asset("srv-" + n % ASSETS)
                    .data("outcome", "no_change")
                    .data("after", Map.of("state", "attested", "asset_name", "Server " + n % ASSETS, "plan", "q"))
                    .priv("note", "Looked at everything.");
        }
        Instant at = clock.instant();
        return Evidence.of("check.result", Actor.SYSTEM, Subject.of("check", "check-" + n % CHECKS, 1))
                .asset("srv-" + n % ASSETS)
                .controls(List.of("iso27001:A.8.9", "nist:CM-6"))
                .data("check", check(n))
                .data("run", new UUID(n, n).toString())
                .data("due", at.minusSeconds(7))
                .data("startedAt", at)
                .data("finishedAt", at)
                .data("freshUntil", at.plusSeconds(86_400))
                .data("attempt", 1)
                .data("outcome", n % 50 == 0 ? "fail" : "pass")
                .data("severity", "high")
                .data("collector", Map.of("id", "tcp.probe", "vantage", "internal"))
                .data("facts", facts(n));
    }

    private static Map<String, Object> facts(int n) {
        return Map.of(
                "vantage", Map.of("zone", "internal", "canaryOk", true),
                "ping", Map.of("outcome", "response", "reply", "noauth", "bytesRead", 7 + n % 9),
                "certificate", Map.of("subject", "CN=srv-" + n, "issuer", "CN=Société Générale \"R3\"", "days", 80),
                "ports", List.of(22, 80, 443, 6379));
    }

    private static Map<String, Object> check(int n) {
        return Map.of(
                "id",
                "check-" + n % CHECKS,
                "rev",
                1,
                "sha256",
                HexFormat.of().toHexDigits(n % CHECKS).repeat(8));
    }
}
