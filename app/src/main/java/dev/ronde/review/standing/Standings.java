package dev.ronde.review.standing;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.AssetStates;
import dev.ronde.asset.page.AssetColumn;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/**
 * Where assets stand with their reviews. One definition serves the list of assets, the figures and the trend, so that they cannot
 * disagree; its words are those of {@link ReviewStanding}.
 */
public final class Standings implements AssetColumn {
    /**
     * True for a row {@code asset} of which a plan expects reviews again and again: a single-date plan promises nothing after its date. Binds
     * {@code :now} and {@code :tomorrow}.
     */
    public static final String UNDER_PLAN = """
            exists (select 1 from enrolment e
                     where e.asset_id = asset.id and e.enrolled_on <= :tomorrow
                       and (e.ended_at is null or e.ended_at > :now)
                       and e.plan_id not in (select o.id from plan o where o.once_on is not null))""";

    /**
     * True for a row {@code review r} of an enrolment that is overdue or missed, and nothing that was attested makes up for it: it or a later one
     * of the same cause, or, where it was asked for between the rounds, any since it was. Binds {@code :now}.
     */
    public static final String OVERDUE = """
            (r.overdue_at <= :now and (r.cancelled_at is null or r.cancelled_at > :now)
             and not exists (select 1 from review l
                              where l.enrolment_id = r.enrolment_id and l.attested_at <= :now
                                and (l.cause = r.cause and l.slot_no >= r.slot_no
                                     or r.cause <> 'scheduled' and l.attested_at >= r.opens_at)))""";

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
        states.add(ReviewStanding.NO_PLAN.word(), "not " + UNDER_PLAN);
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

    interface StandingDao {
        String LATE = """
                exists (select 1 from enrolment e join review r on r.enrolment_id = e.id
                         where e.asset_id = asset.id and e.enrolled_on <= :tomorrow
                           and (e.ended_at is null or e.ended_at > :now)
                           and""" + " " + OVERDUE + ")";

        /** Late now, but starts from the few waiting reviews instead of from every asset. */
        String LATE_NOW = """
                asset.id in (select e.asset_id from review r join enrolment e on e.id = r.enrolment_id
                              where r.attested_at is null and r.overdue_at <= :now and r.cancelled_at is null
                                and e.enrolled_on <= :tomorrow and (e.ended_at is null or e.ended_at > :now)
                                and not exists (select 1 from review l
                                                 where l.enrolment_id = r.enrolment_id and l.attested_at is not null
                                                   and (l.cause = r.cause and l.slot_no > r.slot_no
                                                        or r.cause <> 'scheduled' and l.attested_at >= r.opens_at)))""";

        String REVIEWED = """
                (asset.last_review_on is not null
                 or exists (select 1 from review r where r.asset_id = asset.id and r.attested_at <= :now))""";

        /** The first fitting {@link ReviewStanding}; evaluated per asset, so a list stops after its last line. */
        String STANDING = "case when not " + UNDER_PLAN + " then 'no_plan' when " + LATE + " then 'late' when "
                + REVIEWED + " then 'in_date' else 'not_yet' end";

        String PRESENT =
                " from asset where asset.created_at <= :now and (asset.retired_at is null or asset.retired_at > :now)";

        record Count(String standing, long assets) {}

        @SqlQuery("select standing, count(*) as assets from (select " + STANDING + " as standing" + PRESENT
                + ") s group by standing")
        List<Count> count(@Bind("now") Instant at, @Bind("tomorrow") LocalDate tomorrow);

        @SqlQuery("select standing, count(*) as assets from (select " + STANDING + " as standing" + PRESENT + """
                 and asset.id in (select f.asset_id from sees_asset f where f.person_id = :person)) s group by standing""")
        List<Count> countOf(@Bind("now") Instant at, @Bind("tomorrow") LocalDate tomorrow, @Bind("person") UUID person);

        record Row(
                UUID id,
                String standing,
                @Nullable Instant attestedAt,
                @Nullable LocalDate nextOn) {}

        @SqlQuery("select asset.id, " + STANDING + " as standing" + """
                , (select max(r.attested_at) from review r where r.asset_id = asset.id and r.attested_at <= :now) as attested_at,
                  (select min(r.due_on) from review r
                    where r.asset_id = asset.id and r.attested_at is null and r.cancelled_at is null
                      and r.missed_at is null and r.missed_from > :now) as next_on
                  from asset where asset.id in (<ids>)""")
        List<Row> list(
                @BindList("ids") Collection<UUID> ids, @Bind("now") Instant at, @Bind("tomorrow") LocalDate tomorrow);
    }
}
