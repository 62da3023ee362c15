package dev.ronde.asset;

import dev.ronde.platform.db.Database;
import java.util.List;

/** The words the inventory uses, to choose filters from. */
record AssetChoices(List<String> units, List<String> environments, List<String> tags) {
    static AssetChoices read(Database database) {
        return database.read(handle -> {
            AssetDao dao = handle.attach(AssetDao.class);
            return new AssetChoices(dao.listUnits(), dao.listEnvironments(), dao.listTags());
        });
    }
}
