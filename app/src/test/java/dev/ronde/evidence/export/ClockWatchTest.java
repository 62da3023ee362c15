package dev.ronde.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Cosignature;
import dev.ronde.evidence.ledger.SigningKey;
import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.stamp.ClockWatch;
import dev.ronde.testing.DatabaseKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is recorded of the server's clock, where bundles tell it, and that verifiers read it as the product does. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ClockWatchTest {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00.250Z");

    @Parameter
    DatabaseKind kind;

    @TempDir
    Path home;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);

    @AutoClose
    private BundleFixture fixture;

    private ClockWatch watch;

    @BeforeEach
    void open() {
        fixture = new BundleFixture(kind, home);
        fixture.test.clock.set(START);
        watch = new ClockWatch(fixture.test.database, fixture.test.log, fixture.test.clock, nanos::get);
    }

    /** So much time passes, and the clock shows so much more; returns how many records were written. */
    private int look(Duration passed, Duration more) {
        nanos.addAndGet(passed.toNanos());
        fixture.test.clock.advance(passed.plus(more));
        return watch.run(fixture.test.clock.instant());
    }

    private int look(String passed) {
        return look(Duration.parse(passed), Duration.ZERO);
    }

    /** The data of them, the newest first. */
    private List<? extends Map<?, ?>> records(String type) {
        return fixture.test.database.read(handle -> handle.createQuery(
                        "select payload from evidence_record where rec_type = :type order by rec_id desc")
                .bind("type", type)
                .mapTo(byte[].class)
                .map(payload -> (Map<?, ?>) Canonical.parse(payload).get("data"))
                .list());
    }

    private void witnessed(Duration behind) {
        SigningKey key = SigningKey.create(home.resolve("witness.key"));
        Instant at = fixture.test.clock.instant();
        String line = Cosignature.sign("a\n1\nb\n", key, "w.example/one", at.minus(behind))
                .encoded();
        fixture.test.database.useTransaction(tx -> tx.createUpdate("""
                        insert into ledger_anchor (anchor_id, tree_size, kind, target, status, anchored_at, cosignature)
                        values (:id, 1, 'witness', 'w.example/one', 'confirmed', :at, :line)""")
                .bind("id", UUID.randomUUID())
                .bind("at", at)
                .bind("line", line)
                .execute());
    }

    @Test
    void theClockIsObservedAtStartEachDayAndAfterAJump() {
        assertThat(look("PT0S")).isEqualTo(1);
        assertThat(look("PT1M")).isZero();
        assertThat(look(Duration.ofMinutes(1), Duration.ofSeconds(59)))
                .as("within a minute")
                .isZero();
        assertThat(look("PT23H55M")).isZero();
        assertThat(look("PT5M")).isEqualTo(1);
        assertThat(records("clock.observed")).hasSize(2).noneMatch(data -> data.containsKey("jumpMs"));
        assertThat(look(Duration.ofMinutes(1), Duration.ofSeconds(-90))).isEqualTo(1);
        assertThat(records("clock.observed"))
                .as("ids are of the clock, so that of the jump is not the last")
                .anyMatch(data -> "-90000".equals(String.valueOf(data.get("jumpMs"))));
        assertThat(look("PT1M")).isZero();
    }

    @Test
    void eachSealRepeatsTheLargestOffset() {
        witnessed(Duration.ofDays(4000));
        look("PT0S");
        fixture.test.ledger.seal();
        Map<?, ?> largest = Map.of(
                "source",
                "witness w.example/one",
                "offsetMs",
                345_600_000_250L,
                "measuredAt",
                "2026-03-02T08:00:00.250000Z");
        assertThat(records("ledger.seal").get(0).get("clock")).isEqualTo(largest);
        assertThat((List<?>) records("clock.observed").get(0).get("clocks"))
                .as("a server of its own has a clock of its own")
                .hasSize(kind == DatabaseKind.H2 ? 1 : 2);
    }

    @Test
    void aJumpIsAGapInEveryScopeAndVerifies() {
        look("PT0S");
        fixture.test.sealed(1);
        look(Duration.ofMinutes(1), Duration.ofMillis(600_500));
        fixture.test.sealed(1);
        look(Duration.ofMinutes(1), Duration.ofMillis(-120_700));
        fixture.test.sealed(1);
        for (List<String> assets : List.of(List.<String>of(), List.of("other"))) {
            Path zip = fixture.zip(
                    new ExportScope(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-31"), List.of(), assets));
            var result = fixture.verify(zip);
            assertThat(result.exitCode()).as(String.join("\n", result.lines())).isZero();
            Path folder = BundleFixture.unpack(zip, home.resolve("out" + assets.size()));
            assertThat(BundleFixture.read(folder.resolve("population/gaps.csv")))
                    .contains(
                            "clock_moved,2026-03-02T08:01:00Z,2026-03-02T08:11:00Z,600,0,,",
                            "clock_moved,2026-03-02T08:10:00Z,2026-03-02T08:12:00Z,120,0,,");
        }
    }
}
