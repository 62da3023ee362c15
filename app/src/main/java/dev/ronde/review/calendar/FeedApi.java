package dev.ronde.review.calendar;

import dev.ronde.evidence.ledger.Hash;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.InstantSource;

/** {@code /ical/{token}.ics}: whoever holds the address reads it; one that was taken back, or never was, is 404. */
final class FeedApi implements Routes {
    private static final String SUFFIX = ".ics";
    private static final int TOKEN_LENGTH = 43;

    private final Database database;
    private final InstantSource clock;
    private final CalendarFeeds feeds;
    private final DueCalendar calendar;

    FeedApi(Database database, InstantSource clock, CalendarFeeds feeds, DueCalendar calendar) {
        this.database = database;
        this.clock = clock;
        this.feeds = feeds;
        this.calendar = calendar;
    }

    @Override
    public void register(Router router) {
        router.get("/ical/{file}", Access.ANYONE, this::read);
    }

    private void read(Context context) {
        String file = context.pathParam("file");
        if (!file.endsWith(SUFFIX) || file.length() != TOKEN_LENGTH + SUFFIX.length()) {
            throw unknown();
        }
        String token = file.substring(0, TOKEN_LENGTH);
        CalendarFeeds.Found found =
                database.inTransaction(tx -> feeds.find(tx, token)).orElseThrow(FeedApi::unknown);
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
