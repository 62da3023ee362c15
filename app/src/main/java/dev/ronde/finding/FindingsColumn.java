package dev.ronde.finding;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.AssetStates;
import dev.ronde.asset.page.AssetColumn;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** How many findings are open on each asset in a list. */
final class FindingsColumn implements AssetColumn {
    static void describe(AssetStates states) {
        states.add("failing", "asset.id in (select f.asset_id from finding f where f.open_key is not null)");
    }

    @Override
    public String name() {
        return "failing";
    }

    @Override
    public Map<UUID, Long> values(Handle handle, List<Asset> assets, Instant now) {
        Map<UUID, Long> counts = new HashMap<>();
        assets.forEach(asset -> counts.put(asset.id(), 0L));
        if (!assets.isEmpty()) {
            handle.attach(FindingDao.class)
                    .countOpenOn(counts.keySet())
                    .forEach(count -> counts.put(count.assetId(), count.findings()));
        }
        return counts;
    }
}
