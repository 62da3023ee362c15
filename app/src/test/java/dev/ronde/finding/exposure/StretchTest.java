package dev.ronde.finding.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How long one of several windows was open. */
final class StretchTest {
    private static final Instant NOW = Instant.parse("2026-03-10T00:00:00Z");
    private static final Period WEEK =
            new Period(LocalDate.of(2026, 3, 2), LocalDate.of(2026, 3, 8), day(2), day(9), day(9));

    private static Instant day(int day) {
        return Instant.parse("2026-03-%02dT00:00:00Z".formatted(day));
    }

    private static Window window(int from, int to) {
        return new Window(
                UUID.randomUUID(),
                "fw-1",
                "Firewall",
                "check",
                "high",
                day(from),
                day(from),
                day(to),
                day(from),
                null,
                null,
                day(to));
    }

    @Test
    void whatRunsSideBySideCountsOnce() {
        ExposureSummary.Counter counter = new ExposureSummary.Counter(WEEK, NOW);
        List.of(window(5, 7), window(3, 6), window(4, 5), window(8, 9)).forEach(counter::add);
        ExposureSummary.AssetExposure asset = counter.summary().assets().get(0);
        assertThat(asset.windows()).isEqualTo(4);
        assertThat(asset.maxSeconds())
                .as("3 to 7 and 8 to 9")
                .isEqualTo(Duration.ofDays(5).toSeconds());
        assertThat(asset.minSeconds()).isEqualTo(asset.maxSeconds());
    }

    @Test
    void noAssetIsOpenForLongerThanThePeriod() {
        ExposureSummary.Counter counter = new ExposureSummary.Counter(WEEK, NOW);
        List.of(window(1, 9), window(1, 10), window(1, 2)).forEach(counter::add);
        assertThat(counter.summary().assets().get(0).maxSeconds())
                .isEqualTo(Duration.ofDays(7).toSeconds());
        assertThat(counter.summary().maxSeconds().count())
                .as("each window in the spread")
                .isEqualTo(3);
    }
}
