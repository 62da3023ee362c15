package dev.ronde.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class KeptFiguresTest {
    private final TestClock clock = TestClock.at("2026-03-02T08:00:00Z");
    private Duration cost = Duration.ZERO;
    private int read;
    private final KeptFigures<String, Integer> figures = new KeptFigures<>("figures", clock, key -> {
        clock.advance(cost);
        return ++read;
    });

    @Test
    void aQuickFigureIsReadForEveryRequest() {
        cost = Duration.ofMillis(50);
        assertThat(figures.get("a")).isEqualTo(1);
        assertThat(figures.get("a")).isEqualTo(2);
    }

    @Test
    void aSlowFigureIsKeptForTwoMinutes() {
        cost = Duration.ofSeconds(1);
        assertThat(figures.get("a")).isEqualTo(1);
        clock.advance(Duration.ofSeconds(100));
        assertThat(figures.get("a")).isEqualTo(1);
        assertThat(figures.get("b")).isEqualTo(2);
        clock.advance(Duration.ofSeconds(30));
        assertThat(figures.get("a")).isEqualTo(3);
    }

    @Test
    void theTickReadsItAnewSoThatNobodyWaits() {
        cost = Duration.ofSeconds(1);
        figures.get("a");
        clock.advance(Duration.ofSeconds(100));
        figures.run(clock.instant());
        clock.advance(Duration.ofSeconds(100));
        assertThat(figures.get("a")).isEqualTo(2);
        assertThat(read).isEqualTo(2);
    }

    @Test
    void whatBecameQuickIsKeptNoLonger() {
        cost = Duration.ofSeconds(1);
        figures.get("a");
        cost = Duration.ZERO;
        figures.run(clock.instant());
        assertThat(figures.get("a")).isEqualTo(3);
    }

    @Test
    void whatNobodyAsksForIsLetGo() {
        cost = Duration.ofSeconds(1);
        figures.get("a");
        clock.advance(Duration.ofMinutes(61));
        figures.run(clock.instant());
        assertThat(read).isEqualTo(1);
    }
}
