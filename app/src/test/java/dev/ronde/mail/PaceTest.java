package dev.ronde.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PaceTest {

    /** Case 111: half the rate after the server asked for less. */
    @Test
    void aServerThatAsksForLessGetsHalf() throws InterruptedException {
        Pace pace = new Pace(20, false);
        Duration full = timeOf(pace, 25);
        pace.slowDown();
        Duration half = timeOf(pace, 15);
        assertThat(full).isBetween(Duration.ofMillis(150), Duration.ofSeconds(3));
        assertThat(half).isGreaterThanOrEqualTo(Duration.ofMillis(400));
    }

    @Test
    void withoutALimitTheFirstComplaintSetsOne() throws InterruptedException {
        Pace pace = new Pace(0, false);
        assertThat(timeOf(pace, 1_000)).isLessThan(Duration.ofSeconds(1));
        pace.slowDown();
        assertThat(timeOf(pace, 7)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void oneDomainGetsSixtyAMinuteAndDoesNotHoldUpAnother() {
        Pace pace = new Pace(0, true);
        for (int i = 0; i < 60; i++) {
            assertThat(pace.takes("a" + i + "@corp.example")).isTrue();
        }
        assertThat(pace.takes("one-more@corp.example")).isFalse();
        assertThat(pace.takes("b@other.example")).isTrue();
    }

    private static Duration timeOf(Pace pace, int mails) throws InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < mails; i++) {
            pace.await();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
