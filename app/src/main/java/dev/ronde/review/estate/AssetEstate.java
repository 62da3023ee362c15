package dev.ronde.review.estate;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.review.plan.PlanScope;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The inventory of the asset room, as reviews see it. */
public record AssetEstate(Assets assets) implements Estate {
    private static final int PAGE = 1000;

    @Override
    public List<Covered> active(Handle handle) {
        List<Covered> all = new ArrayList<>();
        UUID after = null;
        List<Asset> page;
        do {
            page = assets.listActive(handle, after, PAGE);
            page.forEach(asset -> all.add(covered(asset)));
            after = page.isEmpty() ? after : page.get(page.size() - 1).id();
        } while (page.size() == PAGE);
        return all;
    }

    @Override
    public List<Covered> changedSince(Handle handle, Instant since) {
        return assets.listChangedSince(handle, since).stream()
                .map(AssetEstate::covered)
                .toList();
    }

    @Override
    public Map<UUID, Covered> byIds(Handle handle, Collection<UUID> assetIds) {
        return assets.byIds(handle, assetIds).values().stream()
                .map(AssetEstate::covered)
                .collect(Collectors.toMap(Covered::id, Function.identity()));
    }

    @Override
    public Set<String> ownersSince(Handle handle, UUID assetId, Instant since) {
        return assets.ownersSince(handle, assetId, since);
    }

    @Override
    public Optional<LocalDate> lastReviewOnAt(Handle handle, UUID assetId, Instant at) {
        return assets.lastReviewOnAt(handle, assetId, at);
    }

    @Override
    public Set<String> criticalitiesSince(Handle handle, UUID assetId, Instant since) {
        return assets.criticalitiesSince(handle, assetId, since);
    }

    public static Covered covered(Asset asset) {
        return new Covered(
                asset.id(),
                asset.name(),
                asset.criticality().word(),
                asset.ownerId(),
                asset.backupId(),
                asset.lastReviewOn(),
                asset.active(),
                new PlanScope.Candidate(
                        asset.ref(),
                        asset.kind(),
                        asset.criticality().word(),
                        asset.environment(),
                        asset.unit(),
                        new HashSet<>(asset.tags())));
    }
}
