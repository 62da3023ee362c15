package dev.ronde.review.calendar;

import dev.ronde.evidence.ledger.Hash;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One's calendars and the addresses that live, on a page and over the API, and what an address gives. */
record CalendarPages(
        Database database, InstantSource clock, CalendarFeeds feeds, DueCalendar calendar, PageRenderer pages)
        implements Routes {
    private static final String API = "/api/v1/calendar-feeds";
    private static final String SUFFIX = ".ics";
    private static final int TOKEN_LENGTH = 43;
    private static final String ALL = "/account/calendars";

    @Override
    public void register(Router router) {
        router.get(ALL, Access.SIGNED_IN, context -> show(context, null, List.of()));
        router.post(ALL, Access.SIGNED_IN, this::add);
        router.post(ALL + "/{id}/revoke", Access.SIGNED_IN, this::revoke);
        router.get("/ical/{file}", Access.ANYONE, this::read);
        router.get(API, Access.SIGNED_IN, this::list);
        router.post(API, Access.SIGNED_IN, this::create);
        router.post(API + "/{id}/revoke", Access.SIGNED_IN, this::takeBack);
    }

    private void add(Context context) {
        Map<String, String> form = Requests.form(context);
        CalendarFeeds.NewFeed wanted = new CalendarFeeds.NewFeed(
                form.getOrDefault("name", ""),
                form.get("person"),
                "everybody".equals(form.get("scope")),
                form.get("plan"));
        try {
            show(context, feeds.add(wanted, Requests.principal(context)), List.of());
        } catch (Problem problem) {
            show(
                    context,
                    null,
                    Requests.refused(context, problem).stream()
                            .map(error -> error.pointer().substring(1))
                            .toList());
        }
    }

    private void revoke(Context context) {
        feeds.revoke(PathIds.of(context, "id", "calendar"), Requests.principal(context));
        context.redirect(ALL, HttpStatus.SEE_OTHER);
    }

    private void show(Context context, @Nullable CalendarFeed made, List<String> wrong) {
        Principal principal = Requests.principal(context);
        Map<String, Object> model = new HashMap<>();
        model.put("feeds", feeds.list(principal));
        model.put("made", made);
        model.put("wrong", wrong);
        model.put("seesAll", principal.role() != Role.OWNER);
        model.put("lead", principal.lead());
        pages.render(context, "web/account/calendars.peb", model);
    }

    private void list(Context context) {
        Query query = Requests.query(context, "sort", "limit", "cursor");
        List<CalendarFeed> all = feeds.list(Requests.principal(context));
        Requests.list(context, PageOf.whole(all, query));
    }

    private void create(Context context) {
        CalendarFeeds.NewFeed wanted = Requests.body(context, CalendarFeeds.NewFeed.class);
        CalendarFeed feed = feeds.add(wanted, Requests.principal(context));
        Requests.shownOnce(context);
        context.status(HttpStatus.CREATED).json(feed);
    }

    private void takeBack(Context context) {
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
                database.inTransaction(tx -> feeds.find(tx, token)).orElseThrow(CalendarPages::unknown);
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
