package dev.ronde.review.round;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.ronde.cadence.Due;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.review.ReviewRecords;
import dev.ronde.review.plan.PlanDefinition;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/**
 * How far the present round of a plan has come: for each asset the review that opened last, or the first to come.
 *
 * @param units the round by unit, in the order of their names; null stands for assets without one
 * @param owners the round by who has to do it, those with most to do first
 * @param onTime what became due in the last 365 days
 */
public record Progress(Instant asOf, RoundCount all, List<OfUnit> units, List<OfOwner> owners, OnTime onTime) {
    private static final int YEAR = 365;

    public Progress {
        units = List.copyOf(units);
        owners = List.copyOf(owners);
    }

    public record OfUnit(
            @Nullable String unit, @JsonUnwrapped RoundCount count) {}

    /**
     * What one owner has done of the round.
     *
     * @param owner mail address; null for what nobody owns
     */
    public record OfOwner(
            @Nullable String owner,
            @Nullable String name,
            @JsonUnwrapped RoundCount count) {}

    private static @Nullable String named(String text) {
        return text.isEmpty() ? null : text;
    }

    /** @param person whose share alone is counted; null for all */
    static Progress of(Handle handle, String planId, Instant now, @Nullable UUID person) {
        RoundCount all = RoundCount.NONE;
        Map<String, RoundCount> units = new TreeMap<>();
        Map<String, RoundCount> owners = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (ProgressDao.Share share : handle.attach(ProgressDao.class).list(planId, now, person)) {
            String owner = Objects.requireNonNullElse(share.owner(), "");
            all = all.plus(share.count());
            units.merge(Objects.requireNonNullElse(share.unit(), ""), share.count(), RoundCount::plus);
            owners.merge(owner, share.count(), RoundCount::plus);
            names.put(owner, Objects.requireNonNullElse(share.ownerName(), ""));
        }
        return new Progress(
                now,
                all,
                units.entrySet().stream()
                        .map(entry -> new OfUnit(named(entry.getKey()), entry.getValue()))
                        .toList(),
                owners.entrySet().stream()
                        .sorted(Map.Entry.<String, RoundCount>comparingByValue(
                                        Comparator.comparingLong((RoundCount count) -> count.open() + count.scheduled())
                                                .reversed())
                                .thenComparing(Map.Entry.comparingByKey()))
                        .map(entry -> new OfOwner(
                                named(entry.getKey()), named(names.getOrDefault(entry.getKey(), "")), entry.getValue()))
                        .toList(),
                onTime(handle, planId, now, person));
    }

    /** Uses the grace of the review's own plan version; a waiting review counts only after that ends in its zone. */
    private static OnTime onTime(Handle handle, String planId, Instant now, @Nullable UUID person) {
        LocalDate since = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(YEAR);
        Map<Integer, PlanDefinition> plans = new HashMap<>();
        OnTime counted = OnTime.NONE;
        for (ProgressDao.Performed some : handle.attach(ProgressDao.class).listPerformed(planId, since, now, person)) {
            PlanDefinition plan =
                    plans.computeIfAbsent(some.planVersion(), version -> ReviewRecords.plan(handle, planId, version));
            if (some.waiting() && Due.withinGrace(some.dueOn(), plan.grace(), LocalTimes.dayOf(now, plan.zone()))) {
                continue;
            }
            LocalDate performedOn = some.performedOn();
            boolean onTime = performedOn != null && Due.withinGrace(some.dueOn(), plan.grace(), performedOn);
            counted = counted.plus(some.reviews(), onTime);
        }
        return counted;
    }

    interface ProgressDao {

        /** The owner of the asset stands in for reviews that have not opened. */
        record Share(
                @Nullable String unit,
                @Nullable String owner,
                @Nullable String ownerName,
                @Nested RoundCount count) {}

        /** One review per asset: the newest that opened or was missed, else the first to come. */
        @SqlQuery("""
                select a.unit, p.email as owner, p.name as owner_name, count(*) as reviews,
                       sum(case when r.attested and not r.late then 1 else 0 end) as attested,
                       sum(case when r.over and (not r.attested or r.late) then 1 else 0 end) as missed,
                       sum(case when not r.opened and not r.attested and not r.over then 1 else 0 end) as scheduled,
                       sum(case when r.waiting then 1 else 0 end) as open,
                       sum(case when (r.waiting or r.over and not r.attested) and r.problem_at is not null then 1 else 0 end) as problem,
                       sum(case when r.waiting and r.overdue_at <= :now then 1 else 0 end) as overdue
                  from (select s.*, s.opened and not s.attested and not s.over as waiting
                          from (select v.asset_id, v.owner_id, v.problem_at, v.overdue_at,
                                       v.opened_at is not null as opened,
                                       v.attested_at is not null as attested,
                                       v.missed_at is not null or v.missed_from <= :now as over,
                                       v.missed_at is not null and v.attested_at >= v.missed_from as late,
                                       row_number() over (partition by v.enrolment_id
                                           order by case when v.opened_at is null and v.missed_at is null then 1 else 0 end,
                                                    case when v.opened_at is null and v.missed_at is null then v.slot_no
                                                         else -v.slot_no end) as place
                                  from review v join enrolment e on e.id = v.enrolment_id
                                 where v.plan_id = :planId and v.cause = 'scheduled' and v.cancelled_at is null
                                   and (e.ended_at is null or v.opened_at is not null)) s
                         where s.place = 1) r
                  join asset a on a.id = r.asset_id
                  left join person p on p.id = coalesce(r.owner_id, a.owner_id)
                 where cast(:person as uuid) is null
                    or p.id in (select s.owner_id from stands_for s where s.person_id = cast(:person as uuid))
                 group by a.unit, p.email, p.name
                 order by a.unit, p.email
                """)
        List<Share> list(String planId, Instant now, @Nullable UUID person);

        /**
         * How many reviews of one version of the plan were due on a day, and performed on another.
         *
         * @param performedOn null where that does not count: not performed, with a waiver, or after the window had closed
         * @param waiting whether they can still be performed within their window
         */
        record Performed(
                int planVersion, LocalDate dueOn, @Nullable LocalDate performedOn, boolean waiting, long reviews) {}

        /**
         * What became due since a day, few rows for many reviews; the owner of the asset stands in for reviews that never opened. Whether a day
         * is within the grace is not asked here: {@link dev.ronde.cadence.Due#withinGrace} says so.
         */
        @SqlQuery("""
                select d.plan_version, d.due_on, d.performed_on, d.waiting, count(*) as reviews
                  from (select r.plan_version, r.due_on,
                               r.attested_at is null and r.missed_at is null and r.missed_from > :now as waiting,
                               case when r.waiver_until is null
                                         and (r.missed_at is null or r.attested_at < r.missed_from) then r.performed_on
                               end as performed_on
                  from review r
                 where r.plan_id = :planId and r.due_on >= :since and r.overdue_at <= :now and r.cause = 'scheduled'
                   and r.cancelled_at is null
                   and (cast(:person as uuid) is null or r.owner_id in (select s.owner_id from stands_for s where s.person_id = cast(:person as uuid))
                        or r.owner_id is null and r.asset_id in (
                            select a.id from asset a where a.owner_id in (select s.owner_id from stands_for s where s.person_id = cast(:person as uuid))))) d
                 group by d.plan_version, d.due_on, d.performed_on, d.waiting
                """)
        List<Performed> listPerformed(String planId, LocalDate since, Instant now, @Nullable UUID person);
    }
}
