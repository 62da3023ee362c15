package dev.ronde.coverage;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Links;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The page of what nobody can answer for, each with its next step. */
final class OrphanPages implements Routes {
    private static final String PATH = "/people/orphans";

    private final Orphans orphans;
    private final PageRenderer pages;

    OrphanPages(Orphans orphans, PageRenderer pages) {
        this.orphans = orphans;
        this.pages = pages;
    }

    @Override
    public void register(Router router) {
        router.get(PATH, Access.AUDIT, this::list);
    }

    private void list(Context context) {
        Query query = Requests.query(context, "kind", "reason", "limit", "cursor");
        Orphans.Filter filter = Orphans.Filter.of(query);
        PageOf<Orphan> page = orphans.page(filter, query.cursor(2), query.limit());
        Map<String, Object> model = new HashMap<>();
        model.put("lines", page.items());
        model.put("total", page.count());
        model.put("counts", orphans.counts(Orphans.Filter.ALL));
        model.put(
                "reasons",
                Stream.of(Orphan.Reason.values()).map(Orphan.Reason::word).toList());
        model.put("kind", query.text("kind").orElse(""));
        model.put("reason", query.text("reason").orElse(""));
        model.put(
                "filtered",
                !List.of("", "")
                        .equals(List.of(
                                query.text("kind").orElse(""),
                                query.text("reason").orElse(""))));
        model.put("lead", Requests.principal(context).lead());
        model.put("next", Links.next(PATH, query.values(), page.nextCursor()));
        pages.render(context, "web/coverage/orphans.peb", model);
    }
}
