package dev.ronde.finding.waiver;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** A whole list of waivers in one call: what {@code ronde waiver apply} sends. */
final class WaiverListApi implements Routes {
    private static final int MAX_BODY = 1_000_000;

    private final WaiverRoom room;

    WaiverListApi(WaiverRoom room) {
        this.room = room;
    }

    @Override
    public void register(Router router) {
        router.post("/api/v1/waivers/apply", Access.ANSWERERS, this::apply);
    }

    private void apply(Context context) {
        Query query = Requests.query(context, "dry_run");
        boolean dryRun = query.flag("dry_run").orElse(false);
        Principal principal = Requests.principal(context);
        WaiverList list = WaiverList.of(Requests.tree(context, MAX_BODY));
        List<WaiverApplication.Applied> applied = dryRun
                ? room.database().read(handle -> room.application().apply(handle, list, principal, true))
                : room.database().inTransaction(tx -> room.application().apply(tx, list, principal, false));
        context.json(Map.of("items", applied));
    }
}
