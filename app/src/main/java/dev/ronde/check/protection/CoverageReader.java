package dev.ronde.check.protection;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.AssetFilter;
import dev.ronde.asset.inventory.AssetOrder;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.Outcome;
import dev.ronde.check.AssetVariables;
import dev.ronde.check.CheckState;
import dev.ronde.check.CheckStateDao;
import dev.ronde.check.WaiverLookup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Computes coverage from the catalogue and what is known now; nothing of it is stored, so a dead scheduler turns it grey. */
public final class CoverageReader {
    private static final int PAGE = 500;
    private static final UUID FIRST = new UUID(0, 0);
    private static final Coverage NOTHING = new Coverage(List.of());

    private final Catalogue catalogue;
    private final Assets assets;
    private final WaiverLookup waivers;

    public CoverageReader(Catalogue catalogue, Assets assets, WaiverLookup waivers) {
        this.catalogue = catalogue;
        this.assets = assets;
        this.waivers = waivers;
    }

    public Coverage of(Handle handle, Asset asset, Instant now) {
        List<CheckState> states = handle.attach(CheckStateDao.class).list(asset.id());
        return of(asset, states, waivers.waived(handle, asset.id(), now), now);
    }

    /** Returns the protections of several assets at {@code now}, in as many statements as for one. */
    public Map<UUID, Coverage> of(Handle handle, List<Asset> wanted, Instant now) {
        Map<UUID, List<CheckState>> states = states(handle, wanted);
        Map<UUID, Map<String, String>> waived =
                waivers.waived(handle, wanted.stream().map(Asset::id).toList(), now);
        Map<UUID, Coverage> found = new HashMap<>();
        for (Asset asset : wanted) {
            found.put(
                    asset.id(),
                    of(
                            asset,
                            states.getOrDefault(asset.id(), List.of()),
                            waived.getOrDefault(asset.id(), Map.of()).keySet(),
                            now));
        }
        return found;
    }

    /**
     * Coverage over many assets.
     *
     * @param asOf when it was read, UTC
     * @param byUnit sums by unit; those of assets without one come last
     */
    public record Summary(
            Instant asOf,
            long assets,
            Coverage.Counts counts,
            Map<String, Coverage.Counts> byKind,
            List<OfUnit> byUnit) {}

    /**
     * Coverage over the assets of one unit.
     *
     * @param unit null for assets that belong to none
     */
    public record OfUnit(@Nullable String unit, long assets, Coverage.Counts counts) {
        OfUnit plus(OfUnit other) {
            return new OfUnit(unit, assets + other.assets, counts.plus(other.counts));
        }
    }

    /**
     * Returns the sums over all active assets, or over those {@code person} answers for. Assets of which the same is known are counted
     * by the database; only those with a failure, which a waiver may cover, are looked at one by one.
     */
    public Summary summary(Handle handle, @Nullable UUID person, Instant now) {
        Sums sums = new Sums();
        if (person != null) {
            AssetFilter own = AssetFilter.ACTIVE.answeredBy(person);
            for (List<Asset> page = assets.list(handle, own, AssetOrder.REF, null, PAGE);
                    !page.isEmpty();
                    page = assets.list(handle, own, AssetOrder.REF, last(page).ref(), PAGE)) {
                addAll(handle, page, sums, now);
            }
            return sums.summary(now);
        }
        CheckStateDao dao = handle.attach(CheckStateDao.class);
        dao.listAlike(now).forEach(alike -> sums.add(alike.kind(), alike.unit(), of(alike), alike.assets()));
        for (List<UUID> ids = dao.listFailing(FIRST, null, PAGE);
                !ids.isEmpty();
                ids = dao.listFailing(ids.get(ids.size() - 1), null, PAGE)) {
            addAll(handle, List.copyOf(assets.byIds(handle, ids).values()), sums, now);
        }
        return sums.summary(now);
    }

    private void addAll(Handle handle, List<Asset> page, Sums sums, Instant now) {
        Map<UUID, Coverage> found = of(handle, page, now);
        page.forEach(asset -> sums.add(
                asset.kind(),
                asset.unit(),
                found.getOrDefault(asset.id(), NOTHING).counts(),
                1));
    }

    private static Asset last(List<Asset> page) {
        return page.get(page.size() - 1);
    }

    private static final class Sums {
        private final Map<String, Coverage.Counts> byKind = new TreeMap<>();
        private final Map<String, OfUnit> byUnit = new TreeMap<>();
        private long assets;

        void add(String kind, @Nullable String unit, Coverage.Counts counts, long times) {
            Coverage.Counts all = counts.times(times);
            byKind.merge(kind, all, Coverage.Counts::plus);
            byUnit.merge(unit == null ? "" : unit, new OfUnit(unit, times, all), OfUnit::plus);
            assets += times;
        }

        Summary summary(Instant asOf) {
            Coverage.Counts sum = byKind.values().stream().reduce(Coverage.Counts.NONE, Coverage.Counts::plus);
            List<OfUnit> units = new ArrayList<>(byUnit.values());
            units.sort(Comparator.comparing(OfUnit::unit, Comparator.nullsLast(Comparator.naturalOrder())));
            return new Summary(asOf, assets, sum, byKind, units);
        }
    }

    private Coverage.Counts of(CheckStateDao.Alike alike) {
        Map<String, List<Coverage.CheckOf>> byProtection = new LinkedHashMap<>();
        catalogue.protections().available(alike.kind()).forEach(key -> byProtection.put(key, new ArrayList<>()));
        String known = alike.known() == null ? "" : alike.known();
        for (String one : known.isEmpty() ? new String[0] : known.split(",", -1)) {
            String[] words = one.split(" ", -1);
            catalogue
                    .find(words[0])
                    .ifPresent(entry -> place(
                            byProtection,
                            alike.kind(),
                            entry,
                            bare(
                                    entry,
                                    verdict(entry, Outcome.find(words[1]).orElse(Outcome.UNKNOWN)),
                                    null,
                                    words[2].equals("stale"))));
        }
        return new Coverage(byProtection.entrySet().stream()
                        .map(entry -> new Coverage.Protection(
                                entry.getKey(), Coverage.state(entry.getValue()), entry.getValue()))
                        .toList())
                .counts();
    }

    private static Map<UUID, List<CheckState>> states(Handle handle, List<Asset> page) {
        Map<UUID, List<CheckState>> states = new HashMap<>();
        if (!page.isEmpty()) {
            handle.attach(CheckStateDao.class)
                    .listAll(page.stream().map(Asset::id).toList())
                    .forEach(state -> states.computeIfAbsent(state.assetId(), id -> new ArrayList<>())
                            .add(state));
        }
        return states;
    }

    private Coverage of(Asset asset, List<CheckState> states, Set<String> waived, Instant now) {
        Map<String, List<Coverage.CheckOf>> byProtection = new LinkedHashMap<>();
        catalogue.protections().available(asset.kind()).forEach(key -> byProtection.put(key, new ArrayList<>()));
        Map<String, CheckState> byCheck = new HashMap<>();
        states.forEach(state -> byCheck.put(state.checkId(), state));
        catalogue
                .applicable(asset.kind(), AssetVariables.of(asset))
                .forEach(entry -> place(
                        byProtection,
                        asset.kind(),
                        entry,
                        check(entry, byCheck.get(entry.id()), asset.active(), waived, now)));
        List<Coverage.Protection> protections = new ArrayList<>();
        byProtection.forEach(
                (key, checks) -> protections.add(new Coverage.Protection(key, Coverage.state(checks), checks)));
        protections.sort(Comparator.comparingInt(protection -> weight(protection.state())));
        return new Coverage(protections);
    }

    private void place(
            Map<String, List<Coverage.CheckOf>> byProtection,
            String kind,
            CatalogueEntry entry,
            Coverage.CheckOf check) {
        catalogue.protections().available(kind).stream()
                .filter(entry.outline().protections()::contains)
                .forEach(key -> byProtection
                        .computeIfAbsent(key, any -> new ArrayList<>())
                        .add(check));
    }

    /** A result from before the file broke proves neither a pass nor that nothing applies now. */
    private static Outcome verdict(CatalogueEntry entry, Outcome known) {
        return entry.sound().isPresent() || !known.isDecided() || known == Outcome.FAIL ? known : Outcome.ERROR;
    }

    private static Coverage.CheckOf check(
            CatalogueEntry entry, @Nullable CheckState state, boolean active, Set<String> waived, Instant now) {
        if (state == null) {
            return bare(entry, Outcome.UNKNOWN, active ? CheckState.NEVER_RUN : CheckState.RETIRED, false);
        }
        Outcome outcome = verdict(entry, state.outcome());
        return new Coverage.CheckOf(
                entry.id(),
                entry.outline().title(),
                outcome,
                outcome == state.outcome() ? state.reason() : CheckState.DEFINITION_INVALID,
                state.severity().code(),
                state.staleAt(now),
                state.outcome() == Outcome.FAIL && waived.contains(entry.id()),
                state.finishedAt(),
                state.runId(),
                null,
                entry.asksPerson());
    }

    private static Coverage.CheckOf bare(
            CatalogueEntry entry, Outcome outcome, @Nullable String reason, boolean stale) {
        return new Coverage.CheckOf(
                entry.id(),
                entry.outline().title(),
                outcome,
                reason,
                entry.outline().severity().code(),
                stale,
                false,
                null,
                null,
                null,
                entry.asksPerson());
    }

    private static int weight(Coverage.State state) {
        return switch (state) {
            case OFF -> 0;
            case PARTLY -> 1;
            case NOT_VERIFIABLE -> 2;
            case ACCEPTED_RISK -> 3;
            case ENABLED -> 4;
            case NO_CHECK_YET -> 5;
            case NOT_APPLICABLE -> 6;
        };
    }
}
