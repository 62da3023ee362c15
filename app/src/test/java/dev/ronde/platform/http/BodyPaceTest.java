package dev.ronde.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How fast a body has to come. */
final class BodyPaceTest {
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void aPhotographOverASlowLineIsFastEnough() {
        Pace pace = new Pace(nanos::get);
        nanos.set(Duration.ofSeconds(60).toNanos());
        assertThat(pace.tooSlow(12_000_000)).isFalse();
    }

    @Test
    void lessThanAThousandBytesASecondIsTooSlow() {
        Pace pace = new Pace(nanos::get);
        nanos.set(Duration.ofSeconds(10).toNanos());
        assertThat(pace.tooSlow(1)).isFalse();
        nanos.set(Duration.ofSeconds(20).toNanos());
        assertThat(pace.tooSlow(9_999)).isTrue();
        assertThat(pace.tooSlow(10_000)).isFalse();
    }

    @Test
    void nothingTakesLongerThanThreeMinutes() {
        Pace pace = new Pace(nanos::get);
        nanos.set(Duration.ofMinutes(3).toNanos());
        assertThat(pace.tooSlow(20_000_000)).isFalse();
        nanos.incrementAndGet();
        assertThat(pace.tooSlow(20_000_000)).isTrue();
    }
}
