package dev.ronde.check.log;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.ListPage;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The probe log: every exchange of packets, to be searched by whoever saw one. */
public final class ProbeLogPages implements Routes {
    private static final String PATH = "/checks/probing/log";
    private static final List<String> FILTERS = List.of("asset", "check", "address", "port", "outcome", "from", "to");

    private final Database database;
    private final PageRenderer pages;

    public ProbeLogPages(Database database, PageRenderer pages) {
        this.database = database;
        this.pages = pages;
    }

    @Override
    public void register(Router router) {
        router.get(PATH, Access.AUDIT, this::show);
    }

    private void show(Context context) {
        Query query = Requests.query(context, ProbeLogApi.PARAMETERS);
        UUID before = query.cursor(1).map(cursor -> cursor.uuid(0)).orElse(null);
        int limit = query.limit();
        PageOf<ProbeLogJson> page =
                database.read(handle -> ProbeLog.page(handle, ProbeLogApi.wanted(query), before, limit));
        Map<String, Object> model = ListPage.of(query, page, PATH, FILTERS);
        model.put("kept", ProbeLog.KEPT.toDays());
        pages.render(context, "web/check/probe-log.peb", model);
    }
}
