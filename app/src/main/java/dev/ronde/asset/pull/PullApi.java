package dev.ronde.asset.pull;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import java.util.List;

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
        Requests.query(context);
        List<Pulls.View> all = pulls.list();
        Requests.list(context, new PageOf<>(all, null, all.size(), true));
    }
}
