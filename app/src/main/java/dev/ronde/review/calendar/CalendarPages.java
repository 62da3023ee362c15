package dev.ronde.review.calendar;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One's calendars: how to subscribe, the addresses that live, and taking one back. */
record CalendarPages(CalendarFeeds feeds, PageRenderer pages) implements Routes {
    private static final String ALL = "/account/calendars";

    @Override
    public void register(Router router) {
        router.get(ALL, Access.SIGNED_IN, context -> show(context, null, List.of()));
        router.post(ALL, Access.SIGNED_IN, this::add);
        router.post(ALL + "/{id}/revoke", Access.SIGNED_IN, this::revoke);
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
            if (problem.errors().isEmpty()) {
                throw problem;
            }
            context.status(HttpStatus.UNPROCESSABLE_CONTENT);
            show(
                    context,
                    null,
                    problem.errors().stream()
                            .map(error -> error.pointer().substring(1))
                            .toList());
        }
    }

    private void revoke(Context context) {
        feeds.revoke(PathIds.of(context, "id", "calendar"), Requests.principal(context));
        context.redirect(ALL, HttpStatus.SEE_OTHER);
    }

    private void show(Context context, @Nullable FeedView made, List<String> wrong) {
        Principal principal = Requests.principal(context);
        Map<String, Object> model = new HashMap<>();
        model.put("feeds", feeds.list(principal));
        model.put("made", made);
        model.put("wrong", wrong);
        model.put("seesAll", principal.role() != Role.OWNER);
        model.put("lead", principal.lead());
        pages.render(context, "web/account/calendars.peb", model);
    }
}
