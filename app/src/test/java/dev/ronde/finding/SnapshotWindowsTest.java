package dev.ronde.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.snapshot.PushHeaders;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.TestChecks;
import dev.ronde.check.run.CheckBench;
import dev.ronde.evidence.Actor;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows of checks that read snapshots: what counts is when the configuration was seen, not when it was judged. */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
final class SnapshotWindowsTest {
    private static final Instant START = Instant.parse("2026-04-11T22:08:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String DISKS = "host-disk-encryption";
    private static final String PATCHES = "host-patch-level";

    private final TestClock clock = TestClock.at(START.toString());

    @TempDir
    static Path folder;

    private static Catalogue catalogue;

    @AutoClose
    private CheckBench bench;

    private Findings findings;
    private Asset host;

    SnapshotWindowsTest(DatabaseKind kind) {
        bench = new CheckBench(kind, catalogue, clock, 50);
        findings = new Findings(clock, bench.inventory.evidence);
        bench.writer.addListener(findings);
        host = bench.inventory.asset("host-1", "host.server");
    }

    @BeforeAll
    static void load() {
        catalogue = TestChecks.withDoor(folder);
    }

    @Test
    void aPassOnAnOldSnapshotDoesNotMoveWhenItWasLastGood() {
        push(true, null);
        judgedAgainFor(30);
        push(false, null);
        pass(1);
        push(true, null);
        Finding finding = only(DISKS);
        assertThat(finding.lastGoodAt()).isEqualTo(START);
        assertThat(finding.firstBadAt()).isEqualTo(after(30));
        assertThat(finding.detectedAt()).isEqualTo(after(30));
        assertThat(finding.fixedAt()).isEqualTo(after(31));
        assertThat(finding.exposure(clock.instant()).longest()).isEqualTo(HOUR.multipliedBy(31));
    }

    @Test
    void aFailOnAnOldSnapshotDoesNotMoveWhenItWasLastBad() {
        push(false, null);
        judgedAgainFor(30);
        assertThat(only(DISKS).lastBadAt()).isEqualTo(START);
        push(true, null);
        Finding finding = only(DISKS);
        assertThat(finding.fixedAt()).isEqualTo(after(30));
        assertThat(finding.exposure(clock.instant()).shortest()).isZero();
    }

    @Test
    void theSameConfigurationPushedAgainWasSeenAgain() {
        push(true, null);
        pass(20);
        push(true, null);
        pass(4);
        push(false, null);
        pass(3);
        push(false, null);
        pass(2);
        push(true, null);
        Finding finding = only(DISKS);
        assertThat(finding.lastGoodAt()).isEqualTo(after(20));
        assertThat(finding.exposure(clock.instant()))
                .isEqualTo(new Exposure(HOUR.multipliedBy(3), HOUR.multipliedBy(9)));
    }

    @Test
    void countsFromWhenTheSourceLooked() {
        push(true, START.minus(HOUR));
        pass(10);
        push(false, after(7));
        pass(10);
        push(true, after(15));
        Finding finding = only(DISKS);
        assertThat(finding.lastGoodAt()).isEqualTo(START.minus(HOUR));
        assertThat(finding.firstBadAt()).isEqualTo(after(7));
        assertThat(finding.detectedAt()).isEqualTo(after(10));
        assertThat(finding.fixedAt()).isEqualTo(after(15));
        assertThat(finding.exposure(clock.instant())).isEqualTo(new Exposure(Duration.ZERO, HOUR.multipliedBy(16)));
    }

    /** A source ahead of this server, and a push that was collected before the one before it was seen again. */
    @Test
    void clocksThatDifferMakeNoLengthNegative() {
        push(true, START.plusSeconds(240));
        assertThat(bench.state(host, DISKS).lastPassAt()).isEqualTo(START);
        pass(10);
        push(true, null);
        clock.advance(Duration.ofMinutes(5));
        push(false, after(10).minusSeconds(240));
        Finding open = only(DISKS);
        assertThat(open.lastGoodAt()).isEqualTo(after(10));
        assertThat(open.firstBadAt()).isBetween(after(10), clock.instant());
        clock.advance(HOUR);
        push(false, null);
        Instant seen = clock.instant();
        clock.advance(HOUR);
        push(true, seen.minusSeconds(60));
        Finding fixed = only(DISKS);
        assertThat(fixed.lastBadAt()).isEqualTo(seen);
        assertThat(fixed.fixedAt()).isBetween(seen, clock.instant());
        assertThat(fixed.exposure(clock.instant()).shortest()).isPositive();
    }

    /** What was judged otherwise without being seen anew was told by the rule: known since it judged. */
    @Test
    void anotherVerdictOnTheSameSnapshotCountsFromItsRun() {
        host = tagged(List.of("param:" + PATCHES + ".maxPending=5"));
        bench.pushHost(host, snapshot(true));
        bench.sweep();
        assertThat(of(PATCHES)).isEmpty();
        clock.advance(HOUR);
        host = tagged(List.of());
        bench.sweep();
        Finding open = only(PATCHES);
        assertThat(open.lastGoodAt()).isEqualTo(START);
        assertThat(open.firstBadAt()).isEqualTo(after(1));
        judgedAgainFor(30);
        assertThat(only(PATCHES).lastBadAt()).isEqualTo(after(1));
        host = tagged(List.of("param:" + PATCHES + ".maxPending=5"));
        bench.sweep();
        assertThat(only(PATCHES).fixedAt()).isEqualTo(after(31));
    }

    private Asset tagged(List<String> tags) {
        return bench.update(host, AssetField.TAGS, tags);
    }

    private void push(boolean encrypted, @Nullable Instant collectedAt) {
        byte[] body = snapshot(encrypted).replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        PushHeaders headers = new PushHeaders(null, collectedAt);
        bench.test
                .database()
                .useTransaction(tx -> bench.snapshots.push(
                        tx, host, bench.snapshots.read(bench.test.database(), "host.v1", body), headers, Actor.SYSTEM));
        bench.sweep();
    }

    private static String snapshot(boolean encrypted) {
        return "{'os':{'family':'linux','supported':true},'disks':[{'device':'sda','encrypted':" + encrypted
                + "}],'patches':{'pending_security':2,'pending_critical':0,'reboot_required':false}}";
    }

    private void pass(int hours) {
        clock.advance(HOUR.multipliedBy(hours));
        bench.sweep();
    }

    /** Lets hours go by in which what is known is judged once more: a daily check comes within 26 h 24 min. */
    private void judgedAgainFor(int hours) {
        Instant judged = bench.state(host, DISKS).finishedAt();
        for (int hour = 0; hour < hours; hour++) {
            pass(1);
        }
        assertThat(bench.state(host, DISKS).finishedAt()).isAfter(judged);
    }

    private static Instant after(int hours) {
        return START.plus(HOUR.multipliedBy(hours));
    }

    private List<Finding> of(String check) {
        List<Finding> all = bench.read(handle -> findings.history(handle, host.id(), 100));
        return all.stream().filter(finding -> finding.checkId().equals(check)).toList();
    }

    private Finding only(String check) {
        assertThat(of(check)).hasSize(1);
        return of(check).get(0);
    }
}
