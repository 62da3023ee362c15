package dev.ronde.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Three links fetched within ten seconds of one another are asked about once more, however long who fetched them waits. */
final class FetchesTest {
    private final TestClock clock = TestClock.at("2026-03-02T09:00:00Z");
    private final Fetches fetches = new Fetches(clock);

    private void fetch(long grant, int secondsLater) {
        clock.advance(Duration.ofSeconds(secondsLater));
        fetches.note("192.0.2.1", grant);
    }

    private boolean suspicious(long grant) {
        return fetches.suspicious("192.0.2.1", grant);
    }

    @Test
    void whoWaitsIsAskedAllTheSame() {
        fetch(1, 0);
        fetch(2, 5);
        assertThat(suspicious(1)).isFalse();
        fetch(3, 5);
        clock.advance(Duration.ofSeconds(11));
        assertThat(suspicious(1)).isTrue();
        assertThat(suspicious(3)).isTrue();
        clock.advance(Duration.ofMinutes(119));
        assertThat(suspicious(2)).isTrue();
        clock.advance(Duration.ofMinutes(2));
        assertThat(suspicious(2)).as("no form of then is taken any more").isFalse();
    }

    @Test
    void slowlyOneAfterTheOtherIsAPerson() {
        fetch(1, 0);
        fetch(2, 6);
        fetch(3, 6);
        fetch(4, 6);
        assertThat(suspicious(3)).isFalse();
    }

    @Test
    void oneLinkManyTimesAndOtherClientsAreNone() {
        fetch(1, 0);
        fetch(1, 0);
        fetch(2, 0);
        assertThat(suspicious(1)).isFalse();
        fetches.note("192.0.2.2", 3);
        assertThat(suspicious(1)).isFalse();
        fetch(4, 60);
        assertThat(suspicious(4)).isFalse();
    }
}
