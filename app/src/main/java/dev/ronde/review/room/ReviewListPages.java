package dev.ronde.review.room;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.ListPage;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.review.ReviewFilter;
import dev.ronde.review.ReviewReader;
import dev.ronde.review.ReviewState;
import dev.ronde.review.plan.PlanDao;
import io.javalin.http.Context;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

record ReviewListPages(Database database, InstantSource clock, ReviewReader reader, ReviewCsv csv, PageRenderer pages)
        implements Routes {
    private static final String[] FILTERS = {"state", "overdue", "owner", "asset", "plan", "due_before"};

    @Override
    public void register(Router router) {
        router.get("/reviews", Access.SCOPED, this::list);
        router.get("/reviews.csv", Access.SCOPED, this::download);
        router.get("/api/v1/reviews.csv", Access.SCOPED, this::download);
    }

    private void list(Context context) {
        Query query = Requests.query(
                context, "state", "overdue", "owner", "asset", "plan", "due_before", "sort", "limit", "cursor");
        Principal principal = Requests.principal(context);
        ReviewFilter filter = ReviewApi.filter(query, principal, reader);
        PageOf<ReviewLine> page = PageOf.listed(
                query, asked -> reader.list(filter, asked).map(row -> ReviewLine.of(row, clock.instant())));
        Map<String, Object> model = ListPage.of(query, page, "/reviews", List.of(FILTERS));
        model.put(
                "states",
                Arrays.stream(ReviewState.values()).map(ReviewState::word).toList());
        model.put("lead", principal.lead());
        model.put("actor", Access.ANSWERERS.allows(principal.role()));
        model.put(
                "anyPlan",
                !database.read(handle -> handle.attach(PlanDao.class).listInForce())
                        .isEmpty());
        pages.render(context, "web/review/list.peb", model);
    }

    private void download(Context context) {
        Query query = Requests.query(context, FILTERS);
        ReviewFilter filter = ReviewApi.filter(query, Requests.principal(context), reader);
        // a spreadsheet needs the mark to read UTF-8; for a program the header is the first bytes, and its commas are
        // no matter of language
        boolean browser = !context.path().startsWith("/api/")
                && Requests.principal(context).channel() == Channel.PAGE;
        boolean semicolon =
                browser && pages.reader(context).locale().getLanguage().equals("fr");
        csv.send(filter, semicolon ? ';' : ',', browser, () -> file(context));
    }

    private static OutputStream file(Context context) {
        context.contentType("text/csv; charset=utf-8");
        context.header("Content-Disposition", "attachment; filename=\"reviews.csv\"");
        return context.outputStream();
    }
}
