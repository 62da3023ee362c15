package dev.ronde.asset.file;

import dev.ronde.asset.inventory.AssetFilter;
import dev.ronde.asset.inventory.AssetParameters;
import dev.ronde.asset.inventory.AssetSelection;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Download;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;

/** The list of assets as a file for spreadsheets. */
public final class ExportPages implements Routes {
    private final AssetExport exports;
    private final PageRenderer pages;

    public ExportPages(AssetExport exports, PageRenderer pages) {
        this.exports = exports;
        this.pages = pages;
    }

    @Override
    public void register(Router router) {
        router.get("/assets.csv", Access.READERS, context -> {
            AssetFilter filter =
                    AssetParameters.filter(Requests.query(context, AssetParameters.and()), Requests.principal(context));
            send(context, AssetSelection.matching(filter));
        });
    }

    /** Sends what was selected as a spreadsheet opens it: with BOM, separated as the reader's language expects. */
    public void send(Context context, AssetSelection selection) {
        boolean french = pages.reader(context).locale().getLanguage().equals("fr");
        Download.send(context, Download.CSV, "assets.csv", out -> {
            out.write('\uFEFF');
            exports.write(selection, french ? ';' : ',', out);
        });
    }
}
