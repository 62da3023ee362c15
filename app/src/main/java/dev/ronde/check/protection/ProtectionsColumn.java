package dev.ronde.check.protection;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.AssetStates;
import dev.ronde.asset.page.AssetColumn;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** How many protections of each asset in a list are on. */
public final class ProtectionsColumn implements AssetColumn {
    private final CoverageReader coverage;

    public ProtectionsColumn(CoverageReader coverage) {
        this.coverage = coverage;
    }

    public static void describe(AssetStates states) {
        states.add("no_check", "not exists (select 1 from check_state s where s.asset_id = asset.id)");
    }

    @Override
    public String name() {
        return "protections";
    }

    @Override
    public Map<UUID, Coverage.Counts> values(Handle handle, List<Asset> assets, Instant now) {
        Map<UUID, Coverage.Counts> counts = new HashMap<>();
        coverage.of(handle, assets, now).forEach((id, found) -> counts.put(id, found.counts()));
        return counts;
    }
}
