package dev.ronde.asset.file;

import dev.ronde.asset.field.AssetFacts;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.inventory.AssetParameters;
import dev.ronde.asset.inventory.AssetSelection;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Download;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.table.Table;
import io.javalin.http.Context;

/** Assets as a file with the columns of the import, by ref; importing the file again changes nothing. */
public record ExportPages(Database database, Assets assets, PageRenderer pages) implements Routes {
    private static final int PAGE = 2_000;
    private static final Table<AssetFacts> TABLE = table();

    private static Table<AssetFacts> table() {
        Table<AssetFacts> table = Table.empty();
        for (AssetField field : AssetField.values()) {
            table = table.with(field.column(), facts -> facts.cell(field));
        }
        return table;
    }

    @Override
    public void register(Router router) {
        router.get("/assets.csv", Access.READERS, this::matching);
        router.get("/api/v1/assets.csv", Access.READERS, this::matching);
    }

    private void matching(Context context) {
        Query query = Requests.query(context, AssetParameters.and());
        send(context, AssetSelection.matching(AssetParameters.filter(query, Requests.principal(context))));
    }

    /** Sends what was selected, some thousand read at once. */
    public void send(Context context, AssetSelection selection) {
        Download.table(
                context,
                pages,
                "assets.csv",
                TABLE,
                to -> selection.each(database, assets, PAGE, (asset, facts) -> to.accept(facts)));
    }
}
