package dev.ronde.finding.exposure;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One stretch of time in which a check failed on an asset. Checks see points in time: the truth lies between the shortest and the longest.
 *
 * @param severity as a word
 * @param lastGoodAt when it was last seen passing before; null where no run ever passed, so that nobody can tell when it began
 * @param fixedAt when it was first seen passing after; null while it is open
 */
public record Window(
        UUID id,
        String asset,
        String assetName,
        String checkId,
        String severity,
        Instant firstBadAt,
        @Nullable Instant lastGoodAt,
        Instant lastBadAt,
        Instant detectedAt,
        @Nullable Instant notifiedAt,
        @Nullable Instant acknowledgedAt,
        @Nullable Instant fixedAt) {
    boolean open() {
        return fixedAt == null;
    }

    Duration shortest() {
        return Duration.between(firstBadAt, lastBadAt);
    }

    Optional<Duration> longest(Instant now) {
        return Optional.ofNullable(lastGoodAt).map(begin -> Duration.between(begin, end(now)));
    }

    Stretch shortestIn(Period period) {
        return new Stretch(firstBadAt, lastBadAt).in(period);
    }

    /** The part of the longest exposure within the period; from the first failing run if the beginning is unknown. */
    Stretch longestIn(Period period, Instant now) {
        return new Stretch(lastGoodAt == null ? firstBadAt : lastGoodAt, end(now)).in(period);
    }

    /** From the last passing run to detection: the longest time that it can have gone unnoticed. */
    Optional<Duration> timeToDetect() {
        return Optional.ofNullable(lastGoodAt).map(begin -> Duration.between(begin, detectedAt));
    }

    /** From detection to the fix; empty if a snapshot shows that it was fixed before it was detected. */
    Optional<Duration> timeToFix() {
        return Optional.ofNullable(fixedAt)
                .map(end -> end.isAfter(detectedAt) ? Duration.between(detectedAt, end) : Duration.ZERO);
    }

    private Instant end(Instant now) {
        return fixedAt == null ? now : fixedAt;
    }
}
