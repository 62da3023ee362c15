package dev.ronde.coverage;

import dev.ronde.catalogue.Outcome;
import dev.ronde.coverage.GapDao.GapFilter;
import dev.ronde.review.standing.Standings;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The checks that must be looked after because they do not see any more ({@code reviews.md} §5). Safe for many threads. */
public final class LastingErrors {
    private static final int MOST = 5_000;

    private final Function<String, Duration> freshFor;
    private final int most;
    private Instant lookedAt = Instant.MIN;
    private Map<UUID, LastingError> seen = Map.of();

    /** @param freshFor how long the results of a check count, by its id */
    public LastingErrors(Function<String, Duration> freshFor) {
        this(freshFor, MOST);
    }

    LastingErrors(Function<String, Duration> freshFor, int most) {
        this.freshFor = freshFor;
        this.most = most;
    }

    /**
     * Those there were at the last look, by their id and in the order of assets; at most 5,000, of which each owner of assets has each check
     * before anybody has one twice.
     *
     * @param age how long ago that look may have been: to look takes a while on a large estate
     */
    public synchronized Map<UUID, LastingError> byId(Handle handle, Instant now, Duration age) {
        if (lookedAt.isAfter(now) || !now.isBefore(lookedAt.plus(age))) {
            seen = read(handle, now);
            lookedAt = now;
        }
        return seen;
    }

    private Map<UUID, LastingError> read(Handle handle, Instant now) {
        GapFilter lasting = new GapFilter(GapDao.Gap.LASTING_ERROR, null, null, null, null);
        return handle.attach(GapDao.class).listLasting(lasting, now, Standings.tomorrow(now), most).stream()
                .map(this::of)
                .filter(error -> !error.lastingFrom().isAfter(now))
                .sorted(Comparator.comparing(LastingError::asset).thenComparing(LastingError::check))
                .collect(Collectors.toMap(
                        LastingError::id, Function.identity(), (one, other) -> one, LinkedHashMap::new));
    }

    private LastingError of(GapDao.GapRow gap) {
        String check = Objects.requireNonNull(gap.check());
        Instant since = Objects.requireNonNull(gap.since());
        return new LastingError(
                gap.asset(),
                gap.assetName(),
                gap.owner(),
                check,
                gap.reason(),
                Outcome.ERROR.code().equals(gap.outcome()),
                since,
                since.plus(freshFor.apply(check)));
    }
}
