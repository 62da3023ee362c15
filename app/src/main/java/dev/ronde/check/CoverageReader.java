package dev.ronde.check;

import dev.ronde.asset.Asset;
import dev.ronde.asset.Assets;
import dev.ronde.control.Catalogue;
import dev.ronde.control.CatalogueEntry;
import dev.ronde.control.Outcome;
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
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Computes coverage from the catalogue and what is known now; nothing of it is stored, so a dead scheduler turns it grey. */
public final class CoverageReader {
    private static final int PAGE = 1_000;

    private final Catalogue catalogue;
    private final Assets assets;
    private final WaiverLookup waivers;

    public CoverageReader(Catalogue catalogue, Assets assets, WaiverLookup waivers) {
        this.catalogue = catalogue;
        this.assets = assets;
        this.waivers = waivers;
    }

    /** Returns the protections of one asset at {@code now}. */
    public Coverage of(Handle handle, Asset asset, Instant now) {
        List<CheckState> states = handle.attach(CheckStateDao.class).list(asset.id());
        return of(asset, states, waivers.waived(handle, asset.id(), now), now);
    }

    /**
     * Coverage over many assets.
     *
     * @param assets number of assets
     * @param counts sums over all of them
     * @param byKind sums by asset kind
     */
    public record Summary(long assets, Coverage.Counts counts, Map<String, Coverage.Counts> byKind) {}

    /** Returns the sums over all active assets, or over those {@code person} answers for. Reads in pages; nothing grows. */
    public Summary summary(Handle handle, @Nullable UUID person, Instant now) {
        Predicate<Asset> mine = asset -> person == null || asset.answeredBy(person);
        Map<String, Coverage.Counts> byKind = new TreeMap<>();
        long count = 0;
        UUID after = null;
        while (true) {
            List<Asset> page = assets.listActive(handle, after, PAGE);
            if (page.isEmpty()) {
                Coverage.Counts sum = byKind.values().stream().reduce(Coverage.Counts.NONE, Coverage.Counts::plus);
                return new Summary(count, sum, byKind);
            }
            List<Asset> wanted = page.stream().filter(mine).toList();
            Map<UUID, List<CheckState>> states = states(handle, wanted);
            for (Asset asset : wanted) {
                Coverage coverage = of(
                        asset,
                        states.getOrDefault(asset.id(), List.of()),
                        waivers.waived(handle, asset.id(), now),
                        now);
                byKind.merge(asset.kind(), coverage.counts(), Coverage.Counts::plus);
                count++;
            }
            after = page.get(page.size() - 1).id();
        }
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
        catalogue.applicable(asset.kind(), AssetVariables.of(asset)).forEach(entry -> {
            String protection = entry.outline().protection();
            List<Coverage.CheckOf> checks = protection == null ? null : byProtection.get(protection);
            if (checks != null) {
                checks.add(check(entry, byCheck.get(entry.id()), waived, now));
            }
        });
        List<Coverage.Protection> protections = new ArrayList<>();
        byProtection.forEach(
                (key, checks) -> protections.add(new Coverage.Protection(key, Coverage.state(checks), checks)));
        protections.sort(Comparator.comparingInt(protection -> weight(protection.state())));
        return new Coverage(protections);
    }

    private static Coverage.CheckOf check(
            CatalogueEntry entry, @Nullable CheckState state, Set<String> waived, Instant now) {
        if (state == null) {
            return new Coverage.CheckOf(
                    entry.id(),
                    entry.outline().title(),
                    Outcome.UNKNOWN,
                    CheckState.NEVER_RUN,
                    entry.outline().severity().code(),
                    false,
                    false,
                    null,
                    null);
        }
        return new Coverage.CheckOf(
                entry.id(),
                entry.outline().title(),
                state.outcome(),
                state.reason(),
                state.severity().code(),
                state.staleAt(now),
                state.outcome() == Outcome.FAIL && waived.contains(entry.id()),
                state.finishedAt(),
                state.runId());
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
