package dev.ronde.review.estate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.TestChecks;
import dev.ronde.check.WaiverLookup;
import dev.ronde.check.protection.Coverage;
import dev.ronde.check.protection.CoverageReader;
import dev.ronde.check.run.CheckBench;
import dev.ronde.finding.waiver.ActiveWaivers;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckResultsTest {
    private final TestClock clock = TestClock.at("2026-11-25T09:00:00Z");

    @TempDir
    Path folder;

    @AutoClose
    private CheckBench bench;

    private Set<String> accepted = Set.of();

    @BeforeEach
    void open() {
        bench = new CheckBench(DatabaseKind.H2, folder, clock);
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

    /** What cannot be verified, or has no check, is not known to be on; off is only what a check found to be. */
    @Test
    void onlyWhatACheckFailsOnIsOff() throws IOException {
        check("lock", "medium", "facts.door.state != 'open'");
        bench.close();
        bench = new CheckBench(DatabaseKind.H2, TestChecks.load(folder), clock, 50);
        Asset door = bench.door("jump-1");
        List<String> unchecked =
                bench.read(handle -> bench.coverage.of(handle, door, clock.instant())).protections().stream()
                        .filter(protection -> protection.state() == Coverage.State.NO_CHECK_YET)
                        .map(Coverage.Protection::key)
                        .limit(1)
                        .toList();
        assertThat(why(door, unchecked.get(0))).containsExactly(NotOn.Why.UNCHECKED);
        assertThat(why(door, "patch-level")).as("it never ran").containsExactly(NotOn.Why.UNVERIFIED);
        bench.door.set("jump-1", "open");
        bench.sweep();
        assertThat(why(door, "patch-level")).containsExactly(NotOn.Why.OFF);
        clock.advance(Duration.ofDays(2));
        assertThat(why(door, "patch-level")).as("an old failure").containsExactly(NotOn.Why.UNVERIFIED);
    }

    private List<NotOn.Why> why(Asset asset, String protection) {
        return bench.read(handle -> results().notOn(handle, asset.id(), List.of(protection), clock.instant())).stream()
                .map(NotOn::why)
                .toList();
    }

    @Test
    void whatPassesAndWhatIsAcceptedDoesNotShortenIt() throws IOException {
        check("lock", "critical", "facts.door.state != 'open'");
        check("bolt", "medium", "facts.door.state == 'closed'");
        bench.close();
        bench = new CheckBench(DatabaseKind.H2, TestChecks.load(folder), clock, 50);
        Asset door = bench.door("jump-1");

        bench.door.set("jump-1", "moved");
        bench.sweep();
        assertThat(outcomes(door)).containsEntry("lock", Outcome.PASS).containsEntry("bolt", Outcome.FAIL);
        assertThat(mostDays(door, "patch-level"))
                .as("the critical one passes; what fails is medium")
                .isEqualTo(180);

        clock.advance(Duration.ofHours(4));
        assertThat(mostDays(door, "patch-level"))
                .as("an old pass says nothing any more")
                .isEqualTo(30);

        bench.door.set("jump-1", "open");
        bench.sweep();
        assertThat(outcomes(door)).containsEntry("lock", Outcome.FAIL).containsEntry("bolt", Outcome.FAIL);
        assertThat(mostDays(door, "patch-level")).as("both fail").isEqualTo(30);
        accepted = Set.of("lock");
        assertThat(mostDays(door, "patch-level"))
                .as("the critical failure is accepted already, for a time of its own")
                .isEqualTo(180);
        assertThat(covered(door)).as("the accepted one alone").containsExactly("lock");
        assertThat(covered(door, "patch-level")).as("with a waiver for both").containsExactlyInAnyOrder("lock", "bolt");
        accepted = Set.of("bolt");
        assertThat(mostDays(door, "patch-level")).as("the critical one is not").isEqualTo(30);
    }

    private Set<String> covered(Asset asset, String... protections) {
        return bench.read(handle -> results().covered(handle, asset.id(), List.of(protections), clock.instant()));
    }

    /** A check of the door for a protection that no packaged check of a Redis is for. */
    private void check(String id, String severity, String expression) throws IOException {
        TestChecks.writeDoor(folder, TestChecks.doorText());
        Files.writeString(
                folder.resolve(id + ".yaml"),
                TestChecks.doorText()
                        .replace("id: door-closed", "id: " + id)
                        .replace("protection: anonymous-access-blocked", "protection: patch-level")
                        .replace("severity: high", "severity: " + severity)
                        .replace("facts.door.state != 'open' || facts.door.status in params.denied", expression));
    }

    private Map<String, Outcome> outcomes(Asset asset) {
        return bench.read(handle -> bench.coverage.of(handle, asset, clock.instant())).protections().stream()
                .flatMap(protection -> protection.checks().stream())
                .collect(Collectors.toMap(Coverage.CheckOf::check, Coverage.CheckOf::outcome));
    }

    /** Accepts any failure of the checks in {@link #accepted}. */
    private final class Accepting implements WaiverLookup {
        @Override
        public Map<UUID, Map<String, String>> waived(Handle handle, Collection<UUID> assetIds, Instant now) {
            Map<String, String> failures =
                    accepted.stream().collect(Collectors.toMap(check -> check, check -> "fingerprint"));
            return assetIds.stream().collect(Collectors.toMap(id -> id, id -> failures));
        }

        @Override
        public Map<UUID, List<Cover>> covers(Handle handle, Collection<UUID> assetIds, Instant now) {
            return Map.of();
        }
    }

    private CheckResults results() {
        return new CheckResults(
                bench.runs,
                new CoverageReader(bench.catalogue, bench.inventory.assets, new Accepting()),
                bench.inventory.assets,
                new ActiveWaivers());
    }

    private int mostDays(Asset asset, String... off) {
        return bench.read(handle -> results().mostDaysOff(handle, asset.id(), List.of(off), clock.instant()));
    }
}
