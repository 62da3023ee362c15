package dev.ronde.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KeptFiguresTest {
    private final TestClock clock = TestClock.at("2026-03-02T08:00:00Z");
    private Duration cost = Duration.ZERO;
    private int read;
    private boolean large = true;
    private final KeptFigures<String, Integer> figures = new KeptFigures<>("figures", clock, () -> large, "a", key -> {
        clock.advance(cost);
        return ++read;
    });

    @Test
    void aQuickFigureIsReadForEveryRequest() {
        cost = Duration.ofMillis(20);
        assertThat(figures.get("a")).isEqualTo(1);
        assertThat(figures.get("a")).isEqualTo(2);
    }

    @Test
    void oneSlowReadingKeepsNothing() {
        cost = Duration.ofSeconds(1);
        assertThat(figures.get("a")).isEqualTo(1);
        cost = Duration.ofMillis(20);
        assertThat(figures.get("a")).isEqualTo(2);
        assertThat(figures.get("a")).isEqualTo(3);
    }

    @Test
    void aSlowFigureIsKeptForTwoMinutes() {
        cost = Duration.ofSeconds(1);
        figures.get("a");
        assertThat(figures.get("a")).isEqualTo(2);
        clock.advance(Duration.ofSeconds(100));
        assertThat(figures.get("a")).isEqualTo(2);
        assertThat(figures.get("b")).isEqualTo(3);
        clock.advance(Duration.ofSeconds(30));
        assertThat(figures.get("a")).isEqualTo(4);
    }

    @Test
    void nothingIsKeptOverASmallEstateHoweverSlowTheMachineIs() {
        cost = Duration.ofSeconds(5);
        large = false;
        figures.run(clock.instant());
        assertThat(read).as("nobody asked").isZero();
        figures.get("a");
        figures.get("a");
        assertThat(figures.read("a"))
                .isEqualTo(new KeptFigures.Read<>(3, clock.instant().minusSeconds(5)));
        large = true;
        figures.get("a");
        assertThat(figures.read("a").value()).isEqualTo(4);
        large = false;
        assertThat(figures.read("a").value()).as("it has become small again").isEqualTo(5);
    }

    @Test
    void saysWhenItWasRead() {
        cost = Duration.ofSeconds(1);
        figures.get("a");
        Instant second = clock.instant();
        figures.get("a");
        clock.advance(Duration.ofSeconds(60));
        assertThat(figures.read("a")).isEqualTo(new KeptFigures.Read<>(2, second));
    }

    @Test
    void aFigureThatIsNotThatSlowIsKeptForLess() {
        cost = Duration.ofMillis(110);
        figures.get("a");
        assertThat(figures.get("a")).isEqualTo(2);
        clock.advance(Duration.ofSeconds(12));
        assertThat(figures.get("a")).isEqualTo(2);
        clock.advance(Duration.ofSeconds(2));
        assertThat(figures.get("a")).isEqualTo(3);
    }

    @Test
    void theTickReadsItAnewSoThatNobodyWaits() {
        cost = Duration.ofSeconds(1);
        figures.get("a");
        figures.get("a");
        clock.advance(Duration.ofSeconds(100));
        figures.run(clock.instant());
        clock.advance(Duration.ofSeconds(100));
        assertThat(figures.get("a")).isEqualTo(3);
        assertThat(read).isEqualTo(3);
    }

    @Test
    void whatBecameQuickIsKeptNoLonger() {
        cost = Duration.ofSeconds(1);
        figures.get("a");
        figures.get("a");
        cost = Duration.ZERO;
        clock.advance(Duration.ofMinutes(1));
        figures.run(clock.instant());
        assertThat(figures.get("a")).isEqualTo(4);
    }

    @Test
    void whatNobodyAsksForIsLetGo() {
        cost = Duration.ofSeconds(1);
        for (String key : List.of("a", "a", "b", "b")) {
            figures.get(key);
        }
        clock.advance(Duration.ofMinutes(61));
        figures.run(clock.instant());
        assertThat(read).as("a is the standard, b is let go").isEqualTo(5);
    }

    @Test
    void theStandardFigureIsReadBeforeAnybodyAsks() {
        cost = Duration.ofSeconds(1);
        figures.run(clock.instant());
        assertThat(figures.get()).isEqualTo(2);
    }

    @Test
    void aVerySlowFigureIsReadNoMoreOftenThanItIsWorth() {
        cost = Duration.ofSeconds(30);
        figures.run(clock.instant());
        clock.advance(Duration.ofMinutes(3));
        figures.run(clock.instant());
        assertThat(figures.get()).isEqualTo(2);
        clock.advance(Duration.ofMinutes(3));
        figures.run(clock.instant());
        assertThat(figures.get()).isEqualTo(3);
    }
}
