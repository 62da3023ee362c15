package dev.ronde.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.Asset;
import dev.ronde.check.CheckBench;
import dev.ronde.finding.waiver.ActiveWaivers;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnBothDatabases;
import dev.ronde.testing.TestClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnBothDatabases
final class CheckResultsTest {
    private final TestClock clock = TestClock.at("2026-11-25T09:00:00Z");
    private final DatabaseKind kind;

    @TempDir
    Path folder;

    private CheckBench bench;

    CheckResultsTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        bench = new CheckBench(kind, folder, clock);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void howLongAProtectionMayStayOffFollowsTheSeverityOfWhatKeepsItFromBeingOn() {
        Asset server = bench.inventory.asset("srv-1", "host.server", "owner@example.com", Map.of());
        bench.sweep();
        assertThat(mostDays(server, "audit-logging")).as("its check is medium").isEqualTo(180);
        assertThat(mostDays(server, "audit-logging", "host-firewall"))
                .as("the other's is high, and the worst counts")
                .isEqualTo(90);
        assertThat(mostDays(server, "audit-logging", "no-such-protection"))
                .as("what nothing verifies counts as critical")
                .isEqualTo(30);
    }

    private int mostDays(Asset asset, String... off) {
        CheckResults results =
                new CheckResults(bench.runs, bench.coverage, bench.inventory.assets, new ActiveWaivers());
        return bench.read(handle -> results.mostDaysOff(handle, asset.id(), List.of(off), clock.instant()));
    }
}
