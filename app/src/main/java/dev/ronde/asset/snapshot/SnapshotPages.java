package dev.ronde.asset.snapshot;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.AssetAccess;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The page that compares two configurations of an asset. */
public record SnapshotPages(Database database, Assets assets, Snapshots snapshots, PageRenderer pages)
        implements Routes {
    private static final int MOST_STATES = 100;

    @Override
    public void register(Router router) {
        router.get("/assets/{ref}/diff", Access.SCOPED, this::diff);
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
            found.put("spans", spans(handle, asset.id(), compared));
            found.put("from", id(compared.from()));
            found.put("to", id(compared.to()));
            found.put("changes", compared.changes(snapshots, handle, locale));
            return found;
        });
        pages.render(context, "web/asset/diff.peb", model);
    }

    public record Span(
            String id,
            String digest,
            Instant since,
            @Nullable Instant until) {}

    /** The newest states and the two being compared, newest first. */
    private List<Span> spans(Handle handle, UUID assetId, Compared compared) {
        List<Span> spans = new ArrayList<>();
        Instant until = null;
        for (ConfigState state : snapshots.states(handle, assetId, MOST_STATES)) {
            spans.add(span(state, until));
            until = state.recordedAt();
        }
        for (ConfigState state : new ConfigState[] {compared.to(), compared.from()}) {
            if (state != null && spans.stream().noneMatch(span -> span.id().equals(id(state)))) {
                spans.add(
                        span(state, snapshots.configStates().end(handle, state).orElse(null)));
            }
        }
        return spans;
    }

    private static Span span(ConfigState state, @Nullable Instant until) {
        return new Span(id(state), state.digest(), state.recordedAt(), until);
    }

    private static String id(@Nullable ConfigState state) {
        return state == null ? "" : state.id().toString();
    }
}
