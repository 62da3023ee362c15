package dev.ronde.review.calendar;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;

final class CalendarApi implements Routes {
    private static final String ALL = "/api/v1/calendar-feeds";

    private final CalendarDesk desk;

    CalendarApi(CalendarDesk desk) {
        this.desk = desk;
    }

    @Override
    public void register(Router router) {
        router.get(ALL, Access.SIGNED_IN, this::list);
        router.post(ALL, Access.SIGNED_IN, this::add);
        router.post(ALL + "/{id}/revoke", Access.SIGNED_IN, this::revoke);
    }

    private void list(Context context) {
        Query query = Requests.query(context, "sort", "limit", "cursor");
        List<FeedView> feeds = desk.list(Requests.principal(context));
        Requests.list(context, PageOf.whole(feeds, query, FeedView::id));
    }

    private void add(Context context) {
        CalendarDesk.NewFeed wanted = Requests.body(context, CalendarDesk.NewFeed.class);
        FeedView feed = desk.add(wanted, Requests.principal(context));
        Requests.shownOnce(context);
        context.status(HttpStatus.CREATED).json(feed);
    }

    private void revoke(Context context) {
        desk.revoke(PathIds.of(context, "id", "calendar"), Requests.principal(context));
        context.status(HttpStatus.NO_CONTENT);
    }
}
