package dev.ronde.coverage;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.ListPage;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.table.Table;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The page of what nobody can answer for, each with its next step, and the same over HTTP. */
final class OrphanPages implements Routes {
    private static final String PATH = "/people/orphans";

    private static final Table<Orphan> JSON = Table.<Orphan>empty()
            .with("kind", orphan -> orphan.kind().word())
            .with("subject", Orphan::subject)
            .with("name", Orphan::name)
            .with("asset", Orphan::asset)
            .with("owner", Orphan::owner)
            .with("reason", orphan -> orphan.reason().word())
            .with("since", Orphan::since)
            .with("assets", Orphan::assets)
            .with("next", orphan -> Map.of("action", orphan.next().word(), "page", orphan.nextHref()));

    private final Orphans orphans;
    private final PageRenderer pages;

    OrphanPages(Orphans orphans, PageRenderer pages) {
        this.orphans = orphans;
        this.pages = pages;
    }

    @Override
    public void register(Router router) {
        router.get(PATH, Access.AUDIT, this::list);
        router.get(
                "/api/v1/orphans",
                Access.AUDIT,
                context -> Requests.list(
                        context, query(context), asked -> page(asked).map(JSON::json)));
    }

    private static Query query(Context context) {
        return Requests.query(context, "kind", "reason", "sort", "limit", "cursor");
    }

    private PageOf<Orphan> page(Query query) {
        return orphans.page(Orphans.Filter.of(query), query.cursor(2), query.limit());
    }

    private void list(Context context) {
        Query query = query(context);
        PageOf<Orphan> page = PageOf.listed(query, this::page);
        Map<String, Object> model = ListPage.of(query, page, PATH, List.of("kind", "reason"));
        model.put("counts", orphans.counts(Orphans.Filter.ALL));
        model.put(
                "reasons",
                Stream.of(Orphan.Reason.values()).map(Orphan.Reason::word).toList());
        model.put("lead", Requests.principal(context).lead());
        pages.render(context, "web/coverage/orphans.peb", model);
    }
}
