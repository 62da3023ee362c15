package dev.ronde.review.estate;

import dev.ronde.asset.inventory.Assets;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.check.protection.Coverage;
import dev.ronde.check.protection.CoverageReader;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The protections of an asset as the check room knows them, called as the catalogue calls them. */
public final class ProtectionStates {

    private final Catalogue catalogue;
    private final CoverageReader coverage;
    private final Assets assets;

    public ProtectionStates(Catalogue catalogue, CoverageReader coverage, Assets assets) {
        this.catalogue = catalogue;
        this.coverage = coverage;
        this.assets = assets;
    }

    /**
     * One protection that the asset could have.
     *
     * @param state as {@link Coverage.State} calls it, in lower case
     * @param checks what verifies it, by id
     */
    record Known(String title, String state, List<String> checks) {}

    /** Protections that are off come first; those proven irrelevant are left out. */
    List<Known> of(Handle handle, UUID assetId, Instant now, Locale language) {
        return coverage.of(handle, assets.byId(handle, assetId), now).protections().stream()
                .filter(protection -> protection.state() != Coverage.State.NOT_APPLICABLE)
                .map(protection -> new Known(
                        catalogue.protections().title(protection.key(), language),
                        protection.state().name().toLowerCase(Locale.ROOT),
                        protection.checks().stream()
                                .map(Coverage.CheckOf::check)
                                .toList()))
                .toList();
    }
}
