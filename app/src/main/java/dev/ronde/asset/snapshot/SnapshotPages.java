package dev.ronde.asset.snapshot;

import dev.ronde.asset.Asset;
import dev.ronde.asset.AssetAccess;
import dev.ronde.asset.Assets;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The page that compares two configurations of an asset. */
public final class SnapshotPages implements Routes {
    private static final int MOST_STATES = 100;

    private final Database database;
    private final Assets assets;
    private final Snapshots snapshots;
    private final PageRenderer pages;

    public SnapshotPages(Database database, Assets assets, Snapshots snapshots, PageRenderer pages) {
        this.database = database;
        this.assets = assets;
        this.snapshots = snapshots;
        this.pages = pages;
    }

    @Override
    public void register(Router router) {
        router.get("/assets/{ref}/diff", Access.READERS, this::diff);
    }

    private void diff(Context context) {
        Query query = Requests.query(context, "from", "to");
        Locale locale = pages.reader(context).locale();
        Map<String, Object> model = database.read(handle -> {
            Asset asset = AssetAccess.visible(handle, assets, Requests.principal(context), context.pathParam("ref"));
            Compared compared = Compared.of(
                    snapshots,
                    handle,
                    asset.id(),
                    query.text("from").orElse(null),
                    query.text("to").orElse(null));
            Map<String, Object> found = new HashMap<>();
            found.put("ref", asset.ref());
            found.put("name", asset.name());
            found.put("states", snapshots.states(handle, asset.id(), MOST_STATES));
            found.put("from", Objects.requireNonNullElse(compared.from(), ""));
            found.put("to", Objects.requireNonNullElse(compared.to(), ""));
            found.put("changes", compared.changes(snapshots, handle, asset.id(), locale));
            return found;
        });
        pages.render(context, "web/asset/diff.peb", model);
    }
}
