package dev.ronde.review;

import dev.ronde.review.estate.Covered;
import dev.ronde.review.estate.Estate;
import dev.ronde.review.plan.PlanScope;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** An inventory in memory. */
public final class FakeEstate implements Estate {

    public final Map<UUID, Covered> assets = new LinkedHashMap<>();

    public Covered add(String ref, String criticality, UUID ownerId) {
        return add(ref, criticality, ownerId, null);
    }

    public Covered add(String ref, String criticality, UUID ownerId, LocalDate lastReviewOn) {
        Covered asset = new Covered(
                UUID.randomUUID(),
                "Asset " + ref,
                criticality,
                ownerId,
                null,
                lastReviewOn,
                true,
                new PlanScope.Candidate(ref, "service.redis", criticality, "prod", "unit-a", Set.of("web")));
        assets.put(asset.id(), asset);
        return asset;
    }

    public void reclassify(Covered asset, String criticality) {
        assets.put(asset.id(), with(asset, asset.ownerId(), true, criticality));
    }

    private static Covered with(Covered asset, UUID ownerId, boolean active, String criticality) {
        PlanScope.Candidate old = asset.candidate();
        return new Covered(
                asset.id(),
                asset.name(),
                criticality,
                ownerId,
                asset.backupId(),
                asset.lastReviewOn(),
                active,
                new PlanScope.Candidate(old.ref(), old.kind(), criticality, old.environment(), old.unit(), old.tags()));
    }

    @Override
    public List<Covered> active(Handle handle) {
        return assets.values().stream().filter(Covered::active).toList();
    }

    @Override
    public Set<String> ownersSince(Handle handle, UUID assetId, Instant since) {
        return handle.createQuery("select actor_ref from person where id = :id")
                .bind("id", assets.get(assetId).ownerId())
                .mapTo(String.class)
                .set();
    }

    @Override
    public Optional<LocalDate> lastReviewOnAt(Handle handle, UUID assetId, Instant at) {
        return Optional.ofNullable(assets.get(assetId).lastReviewOn());
    }

    @Override
    public Set<String> criticalitiesSince(Handle handle, UUID assetId, Instant since) {
        return Set.of(assets.get(assetId).criticality());
    }

    @Override
    public Map<UUID, Covered> byIds(Handle handle, Collection<UUID> assetIds) {
        Map<UUID, Covered> found = new LinkedHashMap<>(assets);
        found.keySet().retainAll(assetIds);
        return found;
    }
}
