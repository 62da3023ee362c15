package dev.ronde.check;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.AssetAccess;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.Protections;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.problem.Problem;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Finds checks and assets for whoever asks: what somebody may not see does not exist for them. */
public record CheckLookup(Catalogue catalogue, Assets assets) {
    private static final UUID NO_ASSET = new UUID(0, 0);

    public Optional<CatalogueEntry> find(String id) {
        return catalogue.find(id);
    }

    /** Throws a {@link Problem} 404 if the check does not exist. */
    public CatalogueEntry check(String id) {
        return catalogue.find(id).orElseThrow(() -> Problem.notFound("check", id));
    }

    /** Returns an asset; a {@link Problem} 404 where there is none that they may see. */
    public Asset asset(Handle handle, String ref, Principal principal) {
        return visible(handle, assets.get(handle, ref), principal, ref);
    }

    /** Returns an asset by its id; a {@link Problem} 404 where they may not see it. */
    public Asset asset(Handle handle, UUID id, Principal principal) {
        return visible(handle, assets.byId(handle, id), principal, "of this id");
    }

    /** Returns the id to filter by; an unknown ref is an id that nothing has, so that the list is empty. */
    public UUID filterId(Handle handle, String ref) {
        return assets.find(handle, ref).map(Asset::id).orElse(NO_ASSET);
    }

    /**
     * Returns an asset in use that somebody wants something done to.
     *
     * @throws Problem 422 where there is none, 404 where they may not see it
     */
    public Asset active(Handle handle, String ref, Principal principal) {
        Asset asset = assets.find(handle, ref)
                .filter(Asset::active)
                .orElseThrow(() -> principal.ownOnly()
                        ? Problem.notFound("asset", ref)
                        : Problem.invalid("/asset", "unknown_asset", "There is no active asset " + ref + "."));
        return visible(handle, asset, principal, ref);
    }

    private static Asset visible(Handle handle, Asset asset, Principal principal, String asked) {
        if (!AssetAccess.sees(handle, principal, asset)) {
            throw Problem.notFound("asset", asked);
        }
        return asset;
    }

    /**
     * Passes where a check looks at an asset at all.
     *
     * @throws Problem 422 that says whether the kind or the scope of the check leaves the asset out
     */
    public void requireApplies(CatalogueEntry entry, Asset asset) {
        boolean applies = catalogue
                .applicable(asset.kind(), AssetVariables.of(asset))
                .anyMatch(found -> found.id().equals(entry.id()));
        if (applies) {
            return;
        }
        boolean kind = entry.outline().kinds().stream().anyMatch(pattern -> Protections.matches(pattern, asset.kind()));
        throw Problem.invalid(
                "/asset",
                "does_not_apply",
                kind
                        ? "The check " + entry.id() + " leaves out the asset " + asset.ref()
                                + ": the condition of its scope does not hold for it."
                        : "The check " + entry.id() + " is for "
                                + String.join(", ", entry.outline().kinds()) + "; the asset " + asset.ref() + " is "
                                + asset.kind() + ".");
    }
}
