package dev.ronde.coverage;

import dev.ronde.review.Standings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** The checks that must be looked after because they do not see any more ({@code reviews.md} §5). Safe for many threads. */
public final class LastingErrors {
    private static final Duration LOOK_EVERY = Duration.ofHours(1);
    private static final int MOST = 5_000;

    private final Function<String, Duration> freshFor;
    private Instant lookedAt = Instant.MIN;
    private List<LastingError> seen = List.of();

    /** @param freshFor how long the results of a check count, by its id */
    public LastingErrors(Function<String, Duration> freshFor) {
        this.freshFor = freshFor;
    }

    /** Those there were at the last look, at most an hour ago: to look takes a while on a large estate. At most 5,000, by asset. */
    public synchronized List<LastingError> list(Handle handle, Instant now) {
        if (lookedAt.isAfter(now) || !now.isBefore(lookedAt.plus(LOOK_EVERY))) {
            seen = read(handle, now);
            lookedAt = now;
        }
        return seen;
    }

    private List<LastingError> read(Handle handle, Instant now) {
        GapFilter lasting = new GapFilter(Gap.LASTING_ERROR, null, null, null, null);
        return handle.attach(GapDao.class).list(lasting, now, Standings.tomorrow(now), "", -1, "", MOST).stream()
                .filter(gap -> gap.check() != null && gap.since() != null)
                .map(this::of)
                .toList();
    }

    private LastingError of(GapRow gap) {
        String check = Objects.requireNonNull(gap.check());
        Instant since = Objects.requireNonNull(gap.since());
        return new LastingError(
                gap.asset(),
                gap.assetName(),
                gap.owner(),
                check,
                gap.reason(),
                since,
                since.plus(freshFor.apply(check)));
    }
}
