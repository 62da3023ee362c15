package dev.ronde.review.standing;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.AssetStates;
import dev.ronde.asset.page.AssetColumn;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Where assets stand with their reviews. One definition serves the list of assets, the figures and the trend, so that they cannot
 * disagree; see {@link StandingDao} for its words.
 */
public final class Standings implements AssetColumn {
    /** True for a row {@code asset} of which a plan expects reviews; binds {@code :now} and {@code :tomorrow}. */
    public static final String UNDER_PLAN = StandingDao.RUNNING;

    /** True for a row {@code review r} that makes the asset of its enrolment late with its plan; binds {@code :now}. */
    public static final String OVERDUE = StandingDao.OVERDUE;

    /**
     * What a list says of an asset's reviews.
     *
     * @param standing word of {@link ReviewStanding}
     * @param lastOn day of the newest attestation, or of the review before Ronde knew the asset; null without one
     * @param nextOn the earliest due date still open; null where none is expected
     */
    public record OfAsset(
            UUID assetId,
            String standing,
            @Nullable LocalDate lastOn,
            @Nullable LocalDate nextOn) {}

    public static void describe(AssetStates states) {
        states.add(ReviewStanding.LATE.word(), StandingDao.LATE_NOW);
        states.add(
                ReviewStanding.NOT_YET.word(),
                "not " + StandingDao.REVIEWED + " and " + StandingDao.STANDING + " = 'not_yet'");
        states.add(ReviewStanding.NO_PLAN.word(), "not " + StandingDao.RUNNING);
        states.add(ReviewStanding.IN_DATE.word(), StandingDao.STANDING + " = 'in_date'");
    }

    /** How many assets of the inventory stood where at this instant; a person narrows it to what that person answers for. */
    public static Map<ReviewStanding, Long> countAt(Handle handle, Instant at, @Nullable UUID person) {
        StandingDao dao = handle.attach(StandingDao.class);
        List<StandingDao.Count> found =
                person == null ? dao.count(at, tomorrow(at)) : dao.countOf(at, tomorrow(at), person);
        Map<ReviewStanding, Long> counts = new EnumMap<>(ReviewStanding.class);
        for (ReviewStanding standing : ReviewStanding.values()) {
            counts.put(standing, 0L);
        }
        found.forEach(
                count -> counts.put(ReviewStanding.valueOf(count.standing().toUpperCase(Locale.ROOT)), count.assets()));
        return counts;
    }

    @Override
    public String name() {
        return "reviews";
    }

    @Override
    public Map<UUID, OfAsset> values(Handle handle, List<Asset> assets, Instant now) {
        if (assets.isEmpty()) {
            return Map.of();
        }
        List<UUID> ids = assets.stream().map(Asset::id).toList();
        Map<UUID, StandingDao.Row> rows = handle.attach(StandingDao.class).list(ids, now, tomorrow(now)).stream()
                .collect(Collectors.toMap(StandingDao.Row::id, Function.identity()));
        return assets.stream()
                .filter(asset -> rows.containsKey(asset.id()))
                .collect(Collectors.toMap(Asset::id, asset -> ofAsset(asset, rows)));
    }

    private static OfAsset ofAsset(Asset asset, Map<UUID, StandingDao.Row> rows) {
        StandingDao.Row row = rows.get(asset.id());
        if (row == null) {
            throw new IllegalStateException("asset " + asset.ref() + " has no standing");
        }
        LocalDate attested = row.attestedAt() == null
                ? null
                : row.attestedAt()
                        .atZone(asset.zone() == null ? ZoneOffset.UTC : asset.zone())
                        .toLocalDate();
        return new OfAsset(asset.id(), row.standing(), later(attested, asset.lastReviewOn()), row.nextOn());
    }

    private static @Nullable LocalDate later(@Nullable LocalDate left, @Nullable LocalDate right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return left.isAfter(right) ? left : right;
    }

    /** The day after the instant in UTC, so that no zone is cut off. */
    public static LocalDate tomorrow(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate().plusDays(1);
    }
}
