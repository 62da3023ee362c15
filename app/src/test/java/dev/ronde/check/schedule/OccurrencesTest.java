package dev.ronde.check.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class OccurrencesTest {
    private static final Instant DUE = Instant.parse("2026-03-02T08:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void anOccurrenceWithinItsWindowIsNotMissed() {
        for (int minutes : new int[] {0, 1, 59}) {
            assertThat(Occurrences.of(DUE, HOUR, DUE.plus(Duration.ofMinutes(minutes))))
                    .isEqualTo(new Occurrences(List.of(), DUE, DUE.plus(HOUR)));
        }
    }

    @Test
    void closedWindowsAreMissedAndTheLastOneRuns() {
        assertThat(Occurrences.of(DUE, HOUR, DUE.plus(Duration.ofMinutes(150))))
                .isEqualTo(new Occurrences(
                        List.of(DUE, DUE.plus(HOUR)), DUE.plus(HOUR.multipliedBy(2)), DUE.plus(HOUR.multipliedBy(3))));
    }

    @Test
    void aLongOutageIsWrittenInPortions() {
        Instant now = DUE.plus(HOUR.multipliedBy(500));
        Occurrences first = Occurrences.of(DUE, HOUR, now);
        assertThat(first.missed()).hasSize(Occurrences.MAX_MISSED);
        assertThat(first.current()).isNull();
        assertThat(first.next()).isEqualTo(DUE.plus(HOUR.multipliedBy(Occurrences.MAX_MISSED)));
        Occurrences second = Occurrences.of(first.next(), HOUR, now);
        Occurrences third = Occurrences.of(second.next(), HOUR, now);
        assertThat(third.missed()).hasSize(100);
        assertThat(third.current()).isEqualTo(now);
    }

    @Test
    void jitterStaysWithinTenPerCentAndSpreads() {
        Random random = new Random(4711);
        long below = 0;
        for (int i = 0; i < 2_000; i++) {
            UUID id = new UUID(random.nextLong(), random.nextLong());
            Duration interval = Occurrences.interval(HOUR, id);
            assertThat(interval).isBetween(Duration.ofMinutes(54), Duration.ofMinutes(66));
            assertThat(Occurrences.interval(HOUR, id)).isEqualTo(interval);
            below += interval.compareTo(HOUR) < 0 ? 1 : 0;
        }
        assertThat(below).isBetween(850L, 1_150L);
    }
}
