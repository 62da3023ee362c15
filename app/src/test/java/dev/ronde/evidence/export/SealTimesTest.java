package dev.ronde.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.TestLedger;
import dev.ronde.evidence.seal.Ledger;
import dev.ronde.evidence.verify.EvidenceVerify;
import dev.ronde.platform.db.Installation;
import dev.ronde.platform.time.ProductClock;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Terminal;
import dev.ronde.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** V8, what a log says about time: who dates records or moves the clock is found by the seals (evidence.md, A12 to A14). */
final class SealTimesTest {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    @TempDir
    Path home;

    @AutoClose
    private BundleFixture fixture;

    private TestClock clock;

    @BeforeEach
    void open() {
        fixture = new BundleFixture(DatabaseKind.H2, home);
        clock = fixture.test.clock.set(START);
        sealAt(Duration.ZERO);
    }

    @Test
    void aLogWhoseTimesFitHasNoWarningEither() {
        recordAt(Duration.ofMinutes(50));
        sealAt(Duration.ofHours(1));
        recordAt(Duration.ofHours(2).minusMinutes(64));
        recordAt(Duration.ofHours(2).plusMinutes(4));
        sealAt(Duration.ofHours(2));
        assertStrict(0, "VERIFIED");
    }

    @Test
    void a13ARecordDatedBeforeTheSealThatLeftNoneWaiting() {
        sealAt(Duration.ofHours(1));
        recordAt(Duration.ofMinutes(54));
        sealAt(Duration.ofHours(2));
        assertCode(18, "says it was recorded 2026-03-02T08:54:00Z, outside the window of its seal");
    }

    /** Ours leaves such a record waiting; this one seals all the same. */
    @Test
    void a13ARecordDatedAfterItsSeal() {
        recordAt(Duration.ofMinutes(66));
        clock.set(START.plus(Duration.ofHours(1)));
        Ledger.open(
                        TestLedger.files(home),
                        fixture.test.database,
                        fixture.test.log,
                        () -> clock.instant().plus(Duration.ofDays(1)))
                .seal();
        assertCode(18, "says it was recorded 2026-03-02T09:06:00Z, outside the window of its seal");
    }

    @Test
    void a14TheClockMovedBack() {
        sealAt(Duration.ofHours(1));
        recordAt(Duration.ofMinutes(57));
        sealAt(Duration.ofMinutes(54));
        assertCode(18, "is older than one before it: the clock went back");
    }

    @Test
    void a14TheClockMovedBackLittleByLittle() {
        sealAt(Duration.ofHours(1));
        for (int step = 1; step <= 3; step++) {
            recordAt(Duration.ofMinutes(60 - 4 * step));
            sealAt(Duration.ofMinutes(60 - 4 * step));
        }
        assertCode(18, "is older than one before it: the clock went back");
        assertCode(18, "says it was recorded 2026-03-02T08:52:00Z, outside the window of its seal");
    }

    @Test
    void a12ALateRecordIsAWarning() {
        clock.set(START.plus(Duration.ofMinutes(50)));
        fixture.test.append(Evidence.of("asset.updated", Actor.SYSTEM, Subject.of("asset", "a", 1))
                .occurredAt(START.minus(Duration.ofHours(24))));
        sealAt(Duration.ofHours(1));
        assertCode(0, "WARNING LATE: index");
        assertStrict(18, "WARNING LATE: index");
    }

    @Test
    void aGapBetweenSealsIsAWarning() {
        recordAt(Duration.ofHours(3));
        sealAt(Duration.ofHours(3));
        assertCode(0, "WARNING GAP: nothing was sealed between 2026-03-02T08:00:00Z and 2026-03-02T11:00:00Z");
        assertStrict(18, "WARNING GAP");
    }

    @Test
    void aMovedClockIsAWarningAndStandsInTheReadme() {
        Installation.open(fixture.test.database, new ProductClock(clock), Optional.of(START));
        recordAt(Duration.ofMinutes(50));
        sealAt(Duration.ofHours(1));
        assertCode(0, "WARNING TEST CLOCK: the times in this bundle come from a moved clock");
        assertStrict(18, "WARNING TEST CLOCK");
        assertThat(home.resolve("strict"))
                .isDirectoryRecursivelyContaining(file ->
                        file.endsWith("README.txt") && BundleFixture.read(file).contains("TEST CLOCK: "));
    }

    private void recordAt(Duration sinceStart) {
        clock.set(START.plus(sinceStart));
        fixture.test.happened("redis-1");
    }

    private void sealAt(Duration sinceStart) {
        clock.set(START.plus(sinceStart));
        fixture.test.happened("redis-2");
        fixture.test.ledger.seal();
    }

    private void assertCode(int code, String part) {
        EvidenceVerify.Result result = fixture.verify(fixture.zip(BundleFixture.MARCH));
        assertThat(result.exitCode()).as(String.join("\n", result.lines())).isEqualTo(code);
        assertThat(result.lines()).as("the report").anyMatch(line -> line.contains(part));
    }

    /** As an auditor types it who holds the newest checkpoint, so that no other step has anything to warn of. */
    private void assertStrict(int code, String part) {
        Path bundle = BundleFixture.unpack(fixture.zip(BundleFixture.MARCH), home.resolve("strict"));
        Terminal.Run run = Terminal.run(
                Terminal.NO_SERVER,
                clock,
                Map.of(),
                "",
                "evidence",
                "verify",
                bundle.toString(),
                "--vkey",
                fixture.vkey(),
                "--checkpoint",
                bundle.resolve("ledger/checkpoint").toString(),
                "--strict");
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
        assertThat(run.out()).contains(part);
    }
}
