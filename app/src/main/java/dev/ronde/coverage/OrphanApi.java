package dev.ronde.coverage;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What nobody can answer for, over HTTP. */
final class OrphanApi implements Routes {
    private final Orphans orphans;

    OrphanApi(Orphans orphans) {
        this.orphans = orphans;
    }

    @Override
    public void register(Router router) {
        router.get("/api/v1/orphans", Access.AUDIT, this::list);
    }

    private void list(Context context) {
        Query query = Requests.query(context, "kind", "reason", "limit", "cursor");
        Requests.list(
                context,
                orphans.page(Orphans.Filter.of(query), query.cursor(2), query.limit())
                        .map(OrphanApi::json));
    }

    private static Map<String, @Nullable Object> json(Orphan orphan) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("kind", orphan.kind().word());
        json.put("subject", orphan.subject());
        json.put("name", orphan.name());
        json.put("asset", orphan.asset());
        json.put("owner", orphan.owner());
        json.put("reason", orphan.reason().word());
        json.put("since", orphan.since());
        json.put("assets", orphan.assets());
        json.put("next", Map.of("action", orphan.next().word(), "page", orphan.nextHref()));
        return json;
    }
}
