package dev.ronde.check.schedule;

import dev.ronde.check.run.CheckBench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.check.schedule.UnplannedDao.Said;
import dev.ronde.check.schedule.UnplannedDao.Unplanned;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Elsewhere;
import dev.ronde.testing.OnBothDatabases;
import dev.ronde.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node beside one that has a check which it does not have. */
@OnBothDatabases
final class OthersChecksTest {
    private final DatabaseKind kind;
    private final TestClock clock = new TestClock();

    @TempDir
    Path folder;

    private CheckBench bench;

    OthersChecksTest(DatabaseKind kind) {
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

    private void publishElsewhere() {
        bench.test
                .database()
                .useTransaction(tx -> tx.attach(Publications.PublicationDao.class)
                        .insert("alien", "00", 1, clock.instant(), true, true));
    }

    private void retireElsewhere() {
        bench.test
                .database()
                .useTransaction(
                        tx -> tx.attach(Publications.PublicationDao.class).delete("alien"));
    }

    private List<Unplanned> left() {
        return bench.read(handle -> handle.attach(UnplannedDao.class).take(100));
    }

    private List<Said> said(UUID asset) {
        return bench.read(handle -> handle.attach(UnplannedDao.class).said(List.of(asset)));
    }

    @Test
    void whatAnotherRetiresIsStrangeNoMore() {
        publishElsewhere();
        OthersChecks others = bench.schedule.others();
        assertThat(bench.<Boolean>read(handle -> others.found(handle, "alien"))).isTrue();
        Asset asset = bench.inventory.asset("host-1", "host.server");
        bench.pushHost(asset, "{'os': {'family': 'linux'}}");
        bench.sweep();
        assertThat(left()).as("left to who has the check").containsExactly(new Unplanned(asset.id(), null));

        retireElsewhere();
        bench.sweep();
        assertThat(left()).isEmpty();
        assertThat(said(asset.id())).isEmpty();
        assertThat(others.none()).isTrue();
        bench.inventory.asset("host-2", "host.server");
        assertThat(left()).as("nothing is left to others any more").isEmpty();
    }

    @Test
    void manyAreLeftAtOnceAndEachOnce() {
        List<Unplanned> rows = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            UUID id = bench.inventory.asset("host-" + i, "host.server").id();
            rows.add(new Unplanned(id, null));
        }
        Instant now = Occurrences.stored(clock.instant());
        Instant later = now.plus(Duration.ofMinutes(1));
        UUID first = rows.get(0).assetId();
        bench.test.database().useTransaction(tx -> tx.attach(UnplannedDao.class).leave(rows));
        bench.test.database().useTransaction(tx -> {
            UnplannedDao dao = tx.attach(UnplannedDao.class);
            dao.leave(List.of(new Unplanned(first, now)));
            dao.leave(rows);
            dao.leave(new Said(first, "host.v1", now));
            dao.leave(new Said(first, "host.v1", later));
            dao.leave(new Said(first, "backup.v1", now));
        });
        rows.set(0, new Unplanned(first, now));
        assertThat(left()).as("what became due stays due").containsExactlyInAnyOrderElementsOf(rows);
        assertThat(said(first))
                .containsExactlyInAnyOrder(new Said(first, "host.v1", later), new Said(first, "backup.v1", now));
    }

    /** Planned as it was before, it would never be planned as it is. */
    @Test
    void nobodyPlansAnAssetThatIsBeingChanged() {
        UUID asset = bench.inventory.asset("host-1", "host.server").id();
        List<Unplanned> rows = List.of(new Unplanned(asset, null));
        bench.test.database().useTransaction(tx -> tx.attach(UnplannedDao.class).leave(rows));
        bench.test.database().useTransaction(tx -> {
            tx.attach(UnplannedDao.class).leave(rows);
            assertThat(Elsewhere.supply(this::left).join()).isEmpty();
        });
        assertThat(left()).isEqualTo(rows);
    }
}
