package dev.ronde.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.TestChecks;
import dev.ronde.check.CheckState;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A refusal proves a protection only where something has answered before, or where nothing is meant to. */
@OnOneDatabase
final class NeverSeenTargetsTest {
    private static final String DOOR = "door-closed";
    private static final String OTHER = "door-other";
    private static final String TAGGED = "door-tagged";
    private static final Duration LATER = Duration.ofMinutes(90);

    private final TestClock clock = new TestClock();

    @AutoClose
    private final CheckBench bench;

    private Asset asset;

    NeverSeenTargetsTest(DatabaseKind kind, @TempDir Path folder) throws IOException {
        TestChecks.writeDoor(folder, TestChecks.doorText());
        Files.writeString(
                folder.resolve(OTHER + ".yaml"),
                TestChecks.doorText()
                        .replace("id: door-closed", "id: " + OTHER)
                        .replace("{{asset.port | 6379}}", "7000")
                        .replace("every: PT1H", "every: P1D")
                        .replace("freshFor: PT3H", "freshFor: P3D"));
        Files.writeString(
                folder.resolve(TAGGED + ".yaml"),
                TestChecks.doorText()
                        .replace("id: door-closed", "id: " + TAGGED)
                        .replace("{{asset.port | 6379}}", "{{params.port}}")
                        .replace("params:\n", "params:\n  port: {type: int, default: 7001, min: 1, max: 65535}\n"));
        bench = new CheckBench(kind, TestChecks.load(folder), clock, 50);
        asset = bench.door("redis-1");
    }

    private void set(AssetField field, @Nullable Object value) {
        clock.advance(Duration.ofMinutes(1));
        asset = bench.update(asset, field, value);
    }

    private void expectUnknown() {
        assertThat(bench.state(asset, DOOR).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(bench.state(asset, DOOR).reason()).isEqualTo(CheckState.TARGET_NEVER_SEEN);
    }

    @Test
    void whatNeverAnsweredProvesNothing() {
        bench.door.set("redis-1", "refused");
        bench.sweep();
        expectUnknown();
        bench.door.set("redis-1", "silent");
        bench.sweepAfter(LATER);
        expectUnknown();

        bench.door.set("redis-1", "open");
        bench.sweepAfter(LATER);
        assertThat(bench.state(asset, DOOR).outcome()).isEqualTo(Outcome.FAIL);
        for (String state : new String[] {"refused", "silent"}) {
            bench.door.set("redis-1", state);
            bench.sweepAfter(LATER);
            assertThat(bench.state(asset, DOOR).outcome()).as(state).isEqualTo(Outcome.PASS);
        }
    }

    @Test
    void anotherAddressOrPortStartsAnew() {
        bench.sweep();
        bench.door.set("redis-1", "refused");
        bench.sweepAfter(LATER);
        assertThat(bench.state(asset, DOOR).outcome()).isEqualTo(Outcome.PASS);
        set(AssetField.PORT, 6380);
        bench.sweepAfter(Duration.ofMinutes(1));
        expectUnknown();
        set(AssetField.PORT, 6379);
        set(AssetField.ADDRESS, "127.99.0.1");
        bench.sweepAfter(Duration.ofMinutes(1));
        expectUnknown();
        assertThat(bench.state(asset, OTHER).reason()).isEqualTo(CheckState.TARGET_NEVER_SEEN);
    }

    @Test
    void whereNothingShouldAnswerARefusalIsWhatIsWanted() {
        bench.door.set("redis-1", "refused");
        bench.sweep();
        expectUnknown();
        set(AssetField.EXPECTED_CLOSED, true);
        bench.sweepAfter(Duration.ofMinutes(1));
        assertThat(bench.state(asset, DOOR).outcome()).isEqualTo(Outcome.PASS);
        assertThat(bench.state(asset, OTHER).outcome()).isEqualTo(Outcome.PASS);
    }

    /** A check that looks at a port of its own, as the one for Telnet, needs to know only that the address is right. */
    @Test
    void whatStoodInDoubtIsLookedAtAgainOnceTheAddressAnswers() {
        bench.door.set("redis-1", "refused");
        bench.sweep();
        assertThat(bench.state(asset, OTHER).reason()).isEqualTo(CheckState.TARGET_NEVER_SEEN);
        bench.door.set("redis-1", "closed");
        bench.sweepAfter(LATER);
        assertThat(bench.state(asset, DOOR).outcome()).isEqualTo(Outcome.PASS);
        bench.door.set("redis-1", "refused");
        bench.sweepAfter(Duration.ofMinutes(1));
        assertThat(bench.state(asset, OTHER).outcome()).isEqualTo(Outcome.PASS);
    }

    /** What a tag says is typed like the asset's own port, and as easily mistyped. */
    @Test
    void aPortThatATagNamesMustHaveAnsweredItself() {
        bench.sweep();
        bench.door.set("redis-1", "refused");
        bench.sweepAfter(LATER);
        assertThat(bench.state(asset, TAGGED).outcome()).isEqualTo(Outcome.PASS);
        set(AssetField.TAGS, List.of("param:" + TAGGED + ".port=33890"));
        bench.sweepAfter(LATER);
        assertThat(bench.state(asset, TAGGED).reason()).isEqualTo(CheckState.TARGET_NEVER_SEEN);
        bench.door.set("redis-1", "closed");
        bench.sweepAfter(LATER);
        bench.door.set("redis-1", "refused");
        bench.sweepAfter(LATER);
        assertThat(bench.state(asset, TAGGED).outcome()).isEqualTo(Outcome.PASS);
    }
}
