package dev.ronde.asset.page;

import dev.ronde.asset.inventory.Asset;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What another room says of every asset in a list: how its protections stand, when it was reviewed. */
public interface AssetColumn {
    /** The name under which the list's template finds it. */
    String name();

    /** The number of statements must not grow with the number of assets. */
    Map<UUID, ?> values(Handle handle, List<Asset> assets, Instant now);
}
