package dev.ronde.coverage;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.EffectiveParams;
import dev.ronde.catalogue.Framework;
import dev.ronde.catalogue.Outcome;
import dev.ronde.check.CheckStateDao;
import dev.ronde.check.WaiverLookup;
import dev.ronde.coverage.FrameworkCoverage.ControlCoverage;
import dev.ronde.coverage.FrameworkCoverage.Tally;
import dev.ronde.review.planning.Plans;
import dev.ronde.review.standing.Standings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** Reads every framework as it stands: which checks and plans count for each control, and what is known of them. */
record FrameworkReader(Catalogue catalogue, Assets assets, WaiverLookup waivers, Plans plans) {
    private static final UUID FIRST = new UUID(0, 0);
    private static final int PAGE = 500;

    /** Returns every framework by id at {@code now}, over all assets or over those that a person answers for. */
    Map<String, FrameworkCoverage> read(Handle handle, @Nullable UUID person, Instant now) {
        PairDao dao = handle.attach(PairDao.class);
        Map<String, List<ControlCoverage.OfCheck>> checks = checks(handle, dao, person, now);
        Map<String, List<ControlCoverage.OfPlan>> reviews = reviews(handle, dao, person, now);
        Map<String, FrameworkCoverage> found = new TreeMap<>();
        for (Framework framework : catalogue.frameworks().values()) {
            List<ControlCoverage> controls = new ArrayList<>();
            framework.controls().forEach((control, title) -> {
                String key = framework.id() + ":" + control;
                controls.add(ControlCoverage.of(
                        control, title, checks.getOrDefault(key, List.of()), reviews.getOrDefault(key, List.of())));
            });
            found.put(framework.id(), FrameworkCoverage.of(framework, controls));
        }
        return found;
    }

    private Map<String, List<ControlCoverage.OfCheck>> checks(
            Handle handle, PairDao dao, @Nullable UUID person, Instant now) {
        Map<String, Tally> tallies = new HashMap<>();
        handle.attach(CheckStateDao.class)
                .countOutcomes(now, person)
                .forEach(count -> tallies.merge(count.checkId(), tally(count), Tally::plus));
        waived(handle, dao, person, now)
                .forEach((check, waived) -> tallies.computeIfPresent(check, (id, tally) -> tally.accepting(waived)));
        Map<String, List<ControlCoverage.OfCheck>> byControl = new HashMap<>();
        for (CatalogueEntry entry : catalogue.entries()) {
            CheckDefinition check = entry.definition();
            Tally tally = tallies.getOrDefault(entry.id(), Tally.NONE);
            if (check == null) {
                ControlCoverage.OfCheck broken = new ControlCoverage.OfCheck(
                        entry.id(), entry.outline().title(), false, false, tally.ofBrokenFile());
                entry.outline()
                        .controls()
                        .forEach(control -> byControl
                                .computeIfAbsent(control, key -> new ArrayList<>())
                                .add(broken));
            } else {
                for (CheckDefinition.Mapping mapping : check.about().mappings()) {
                    long withoutCredit = withoutCredit(handle, dao, check, mapping, tally, person, now);
                    byControl
                            .computeIfAbsent(mapping.key(), key -> new ArrayList<>())
                            .add(new ControlCoverage.OfCheck(
                                    check.id(),
                                    check.about().title(),
                                    mapping.needs() != null,
                                    entry.asksPerson(),
                                    tally.withoutCredit(withoutCredit)));
                }
            }
        }
        return byControl;
    }

    private static Tally tally(CheckStateDao.OutcomeCount count) {
        long pairs = count.pairs();
        return switch (Outcome.find(count.outcome()).orElse(Outcome.UNKNOWN)) {
            case PASS -> new Tally(pairs - count.stale(), 0, 0, 0, 0, count.stale(), 0, 0);
            case FAIL -> new Tally(0, pairs, 0, 0, 0, 0, 0, 0);
            case ERROR -> new Tally(0, 0, 0, pairs, 0, 0, 0, 0);
            case UNKNOWN -> new Tally(0, 0, 0, 0, pairs, 0, 0, 0);
            case NOT_APPLICABLE -> new Tally(0, 0, 0, 0, 0, 0, 0, pairs);
        };
    }

    private Map<String, Long> waived(Handle handle, PairDao dao, @Nullable UUID person, Instant now) {
        Map<String, Long> waived = new HashMap<>();
        CheckStateDao states = handle.attach(CheckStateDao.class);
        for (List<UUID> ids = states.listFailing(FIRST, person, PAGE);
                !ids.isEmpty();
                ids = states.listFailing(ids.get(ids.size() - 1), person, PAGE)) {
            Map<UUID, Map<String, String>> accepted = waivers.waived(handle, ids, now);
            if (!accepted.isEmpty()) {
                dao.listFailures(accepted.keySet()).stream()
                        .filter(pair ->
                                accepted.getOrDefault(pair.assetId(), Map.of()).containsKey(pair.checkId()))
                        .forEach(pair -> waived.merge(pair.checkId(), 1L, Long::sum));
            }
        }
        return waived;
    }

    /** Counts passes that were judged with parameters that are too loose for the control. */
    private long withoutCredit(
            Handle handle,
            PairDao dao,
            CheckDefinition check,
            CheckDefinition.Mapping mapping,
            Tally tally,
            @Nullable UUID person,
            Instant now) {
        if (mapping.needs() == null || tally.pass() == 0) {
            return 0;
        }
        Collection<Asset> own = assets.byIds(handle, dao.listPassingWithOwnParameters(check.id(), now, person))
                .values();
        long looser = own.stream()
                .filter(asset -> !credited(mapping, EffectiveParams.of(check, asset.tags())))
                .count();
        return credited(mapping, EffectiveParams.defaults(check)) ? looser : tally.pass() - own.size() + looser;
    }

    private static boolean credited(CheckDefinition.Mapping mapping, EffectiveParams params) {
        return mapping.needs() == null
                || mapping.needs().evaluate(Map.of("params", params.values())).holds();
    }

    private Map<String, List<ControlCoverage.OfPlan>> reviews(
            Handle handle, PairDao dao, @Nullable UUID person, Instant now) {
        Map<String, PairDao.Standing> standings = new HashMap<>();
        dao.listStandings(now, person).forEach(standing -> standings.put(standing.planId(), standing));
        Map<String, List<ControlCoverage.OfPlan>> byControl = new HashMap<>();
        plans.inForce(handle).forEach(plan -> {
            PairDao.Standing standing = standings.getOrDefault(plan.id(), new PairDao.Standing(plan.id(), 0, 0, 0));
            ControlCoverage.OfPlan row = new ControlCoverage.OfPlan(
                    plan.id(), plan.title(), standing.inDate(), standing.late(), standing.notYet());
            Set.copyOf(plan.read().frameworks())
                    .forEach(key -> byControl
                            .computeIfAbsent(key, control -> new ArrayList<>())
                            .add(row));
        });
        return byControl;
    }

    interface PairDao {
        record Pair(UUID assetId, String checkId) {}

        @SqlQuery("""
                select asset_id, check_id from check_state
                 where outcome = 'fail' and asset_id in (<assetIds>) order by asset_id, check_id
                """)
        List<Pair> listFailures(@BindList("assetIds") Collection<UUID> assetIds);

        /** The assets on which the check passes with a parameter of their own. */
        @SqlQuery("""
                select s.asset_id from check_state s join asset a on a.id = s.asset_id
                 where s.check_id = :checkId and s.outcome = 'pass' and s.fresh_until > :now and a.retired_at is null
                   and a.tags like '%"param:' || :checkId || '.%'
                """ + CheckStateDao.MINE + " order by s.asset_id")
        List<UUID> listPassingWithOwnParameters(
                @Bind("checkId") String checkId, @Bind("now") Instant now, @Bind("person") @Nullable UUID person);

        record Standing(String planId, long inDate, long late, long notYet) {}

        @SqlQuery("""
                select plan_id, count(case when standing = 'in_date' then 1 end) as in_date,
                       count(case when standing = 'late' then 1 end) as late,
                       count(case when standing = 'not_yet' then 1 end) as not_yet
                  from (select e.plan_id, case
                          when exists (select 1 from review r
                                        where r.enrolment_id = e.id and""" + " " + Standings.OVERDUE + """
                ) then 'late'
                          when exists (select 1 from review r where r.enrolment_id = e.id and r.attested_at <= :now) then 'in_date'
                          else 'not_yet' end as standing
                          from enrolment e join asset a on a.id = e.asset_id
                         where a.retired_at is null and (e.ended_at is null or e.ended_at > :now)
                """ + CheckStateDao.MINE + ") s group by plan_id order by plan_id")
        List<Standing> listStandings(@Bind("now") Instant now, @Bind("person") @Nullable UUID person);
    }
}
