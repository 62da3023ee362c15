package dev.ronde.check;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.Protections;
import dev.ronde.platform.problem.Problem;

/** Whether a check looks at an asset at all. */
final class Applies {
    private Applies() {}

    /**
     * Passes where it does.
     *
     * @throws Problem 422 that says whether the kind or the scope of the check leaves the asset out
     */
    static void require(Catalogue catalogue, CatalogueEntry entry, Asset asset) {
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
