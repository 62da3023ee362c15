package dev.ronde.asset.page;

import dev.ronde.asset.bulk.CheckStarter;
import java.util.List;

/**
 * What other rooms give to the pages about assets.
 *
 * @param panels parts of the page of one asset, in this order
 * @param columns what the list says of each asset
 * @param checks runs checks on a selection
 */
public record AssetPageParts(List<AssetPanel> panels, List<AssetColumn> columns, CheckStarter checks) {
    public AssetPageParts {
        panels = List.copyOf(panels);
        columns = List.copyOf(columns);
    }
}
