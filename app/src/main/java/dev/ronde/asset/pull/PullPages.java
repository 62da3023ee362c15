package dev.ronde.asset.pull;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import java.util.Map;

/** The page on which somebody sees from where snapshots are fetched, and what could not be read; the same over HTTP. */
public record PullPages(Pulls pulls, PageRenderer pages) implements Routes {
    @Override
    public void register(Router router) {
        router.get("/settings/sources", Access.AUDIT, this::show);
        router.get("/api/v1/pull-sources", Access.AUDIT, this::list);
    }

    private void list(Context context) {
        Query query = Requests.query(context, "sort", "limit", "cursor");
        Requests.list(context, PageOf.whole(pulls.list(), query));
    }

    private void show(Context context) {
        Requests.query(context);
        pages.render(context, "web/asset/sources.peb", Map.of("sources", pulls.list()));
    }
}
