package dev.ronde.review.round;

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
import org.jspecify.annotations.Nullable;

/**
 * How far the present round of a plan has come: for each asset the review that opened last, or the first to come.
 *
 * @param units the round by unit, in the order of their names; an empty name stands for assets without one
 * @param owners the round by who has to do it, those with most to do first
 * @param onTime what became due in the last 365 days
 */
public record Progress(Instant asOf, RoundCount all, List<OfUnit> units, List<OfOwner> owners, OnTime onTime) {
    private static final int YEAR = 365;

    public Progress {
        units = List.copyOf(units);
        owners = List.copyOf(owners);
    }

    public record OfUnit(String unit, RoundCount count) {}

    /**
     * What one owner has done of the round.
     *
     * @param owner mail address; empty for what nobody owns
     */
    public record OfOwner(String owner, String name, RoundCount count) {}

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
                        .map(entry -> new OfUnit(entry.getKey(), entry.getValue()))
                        .toList(),
                owners.entrySet().stream()
                        .map(entry ->
                                new OfOwner(entry.getKey(), names.getOrDefault(entry.getKey(), ""), entry.getValue()))
                        .sorted(Comparator.comparingLong((OfOwner one) ->
                                        one.count().open() + one.count().scheduled())
                                .reversed()
                                .thenComparing(OfOwner::owner))
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
}
