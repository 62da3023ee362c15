package dev.ronde.asset.pull;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;

/** How the sources of snapshots stand, over HTTP. */
public final class PullApi implements Routes {
    private final Pulls pulls;

    public PullApi(Pulls pulls) {
        this.pulls = pulls;
    }

    @Override
    public void register(Router router) {
        router.get("/api/v1/pull-sources", Access.AUDIT, this::list);
    }

    private void list(Context context) {
        Query query = Requests.query(context, "limit", "cursor");
        Requests.list(context, PageOf.whole(pulls.list(), query, Pulls.View::id));
    }
}
