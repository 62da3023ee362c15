package dev.ronde.review.calendar;

import dev.ronde.evidence.ledger.Hash;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.InstantSource;
import java.util.List;

record CalendarApi(Database database, InstantSource clock, CalendarFeeds feeds, DueCalendar calendar)
        implements Routes {
    private static final String ALL = "/api/v1/calendar-feeds";
    private static final String SUFFIX = ".ics";
    private static final int TOKEN_LENGTH = 43;

    @Override
    public void register(Router router) {
        router.get("/ical/{file}", Access.ANYONE, this::read);
        router.get(ALL, Access.SIGNED_IN, this::list);
        router.post(ALL, Access.SIGNED_IN, this::add);
        router.post(ALL + "/{id}/revoke", Access.SIGNED_IN, this::revoke);
    }

    private void list(Context context) {
        Query query = Requests.query(context, "sort", "limit", "cursor");
        List<FeedView> all = feeds.list(Requests.principal(context));
        Requests.list(context, PageOf.whole(all, query));
    }

    private void add(Context context) {
        CalendarFeeds.NewFeed wanted = Requests.body(context, CalendarFeeds.NewFeed.class);
        FeedView feed = feeds.add(wanted, Requests.principal(context));
        Requests.shownOnce(context);
        context.status(HttpStatus.CREATED).json(feed);
    }

    private void revoke(Context context) {
        feeds.revoke(PathIds.of(context, "id", "calendar"), Requests.principal(context));
        context.status(HttpStatus.NO_CONTENT);
    }

    /** Whoever holds the address reads it; one that was taken back, or never was, is 404. */
    private void read(Context context) {
        String file = context.pathParam("file");
        if (!file.endsWith(SUFFIX) || file.length() != TOKEN_LENGTH + SUFFIX.length()) {
            throw unknown();
        }
        String token = file.substring(0, TOKEN_LENGTH);
        CalendarFeeds.Found found =
                database.inTransaction(tx -> feeds.find(tx, token)).orElseThrow(CalendarApi::unknown);
        String text = database.read(handle -> calendar.of(handle, found, clock.instant()));
        String tag = "\"" + Hash.sha256(text).hex().substring(0, 32) + "\"";
        context.header("ETag", tag).header("Cache-Control", "private, no-cache").header("X-Robots-Tag", "noindex");
        if (tag.equals(context.header("If-None-Match"))) {
            context.status(HttpStatus.NOT_MODIFIED);
            return;
        }
        context.contentType("text/calendar; charset=utf-8").result(text);
    }

    private static Problem unknown() {
        return Problem.of(404, "not_found", "There is no calendar at this address. It may have been taken back.");
    }
}
