package dev.ronde.asset.page;

import dev.ronde.asset.inventory.Assets;
import dev.ronde.platform.db.Database;
import java.util.List;

/** The words the inventory uses, to choose filters from. */
public record AssetChoices(List<String> units, List<String> environments, List<String> tags) {
    public static AssetChoices read(Database database, Assets assets) {
        return database.read(
                handle -> new AssetChoices(assets.units(handle), assets.environments(handle), assets.tags(handle)));
    }
}
